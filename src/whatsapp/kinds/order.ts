import type { OrderItem } from '#src/messages/thread-message.ts';
import { asFields, asList, asNumber, asText, asWords, type Fields } from '../shape.ts';
import type { Reader } from './understood.ts';

/** A basket from the business's catalogue, with what the customer wrote to it. */
export const readOrder: Reader = (message) => {
  const order = asFields(message.order);
  const items = asList(order?.product_items).flatMap((item) => readItem(asFields(item)));
  const text = asText(order?.text) ?? '';
  const catalogId = asWords(order?.catalog_id);
  return items.length === 0 && text.trim() === ''
    ? null
    : { text, content: { kind: 'order', items, ...(catalogId === null ? {} : { catalogId }) } };
};

/** An item that names no product is still one that somebody wants. */
function readItem(item: Fields | null): OrderItem[] {
  const read = {
    product: asWords(item?.product_retailer_id) ?? '',
    quantity: asNumber(item?.quantity),
    price: asNumber(item?.item_price),
  };
  const isNothing = read.product === '' && read.quantity === null && read.price === null;
  return isNothing ? [] : [{ ...read, currency: asWords(item?.currency)?.toUpperCase() ?? null }];
}
