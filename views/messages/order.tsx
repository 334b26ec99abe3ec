/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import type { MessageContent, OrderItem } from '#src/messages/thread-message.ts';
import { words } from '../words/words.ts';
import { MessageText } from './message-text.tsx';
import { inCurrency, numberInWords, totalsOf } from './money.ts';

type Order = Extract<MessageContent, { kind: 'order' }>;

/** Longer orders are folded, never cut. */
const SHOWN = 30;

/** A basket as a table, its totals by currency below, and what was written to it. */
export function OrderTile({
  content: { items },
  text,
  children,
}: {
  content: Order;
  text: string;
  children: ComponentChildren;
}) {
  const rest = items.slice(SHOWN);
  return (
    <>
      <p class="tile__title">{words.message.order.title(items.length)}</p>
      <Items items={items.slice(0, SHOWN)} />
      {rest.length === 0 ? null : (
        <details class="rest">
          <summary>{words.message.order.more(rest.length)}</summary>
          <Items items={rest} />
        </details>
      )}
      {totalsOf(items).map(({ currency, total }) => (
        <p key={currency} class="tile__total">
          {words.message.order.total} <bdi>{inCurrency(total, currency)}</bdi>
        </p>
      ))}
      {text === '' ? children : <MessageText text={text}>{children}</MessageText>}
    </>
  );
}

const Items = ({ items }: { items: readonly OrderItem[] }) => (
  <table class="tile__table">
    <thead>
      <tr>
        <th scope="col">{words.message.order.product}</th>
        <th scope="col">{words.message.order.quantity}</th>
        <th scope="col">{words.message.order.price}</th>
      </tr>
    </thead>
    <tbody>
      {items.map(({ product, quantity, price, currency }, index) => (
        <tr key={index}>
          <td>
            <bdi>{product || words.message.order.unnamed}</bdi>
          </td>
          <td>{quantity === null ? words.message.order.unknown : numberInWords(quantity)}</td>
          <td>
            <bdi>{price === null ? words.message.order.unknown : inCurrency(price, currency)}</bdi>
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);
