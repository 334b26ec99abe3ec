/** @jsxImportSource preact */

import { isObject } from '../fields.ts';
import type { Attached } from '../media/attached.ts';
import { detail } from '../summary.ts';
import type { PhoneMessage } from '../threads.ts';
import { words } from '../words.ts';
import { Attachment } from './attachment.tsx';
import { Icon } from './icons.tsx';

export type Shown = PhoneMessage & {
  attached: Attached[];
  clock: string;
  first: boolean;
  last: boolean;
  quoted: string | null;
};

type Props = { message: Shown; business: string; address: Address };

/** The page's own addresses, with the number that the thread is with. */
export type Address = { thread: string; actions: string; number: string };

const EMOJI = ['👍', '❤️', '😂', '😮', '😢', '🙏'];

/** One message as the customer sees it: `out` is what they wrote themselves. */
export function Bubble({ message, business, address }: Props) {
  const mine = message.from === 'customer';
  const sides = `${mine ? 'msg--out' : 'msg--in'}${message.first ? ' msg--first' : ''}${message.last ? ' msg--last' : ''}`;
  const { attached } = message;
  // Of a file that is shown itself.
  const isFile = attached.some(({ kind }) => kind === message.type);
  const kind = isFile ? undefined : words.kinds[message.type];
  return (
    <li class={`msg ${sides}`}>
      <span class="vh">{words.says(mine ? words.you : business)}</span>
      <div class="bubble">
        {message.quoted !== null && (
          <blockquote class="quote">
            <span>{message.quoted}</span>
          </blockquote>
        )}
        {attached.map((one, place) => (
          <Attachment
            key={one.file.id}
            attached={one}
            href={`${address.actions}/files/${encodeURIComponent(message.wamid)}?number=${address.number}${place === 0 ? '' : `&place=${place}`}`}
            wamid={!mine && message.status !== 'played' ? message.wamid : undefined}
            name={one.name ?? one.file.name ?? words.unnamed}
          />
        ))}
        {kind && <p class="bubble__kind">{kind}</p>}
        <div dir="auto">
          {isFile ? captionOf(message.content) : detail(message.type, message.content)}
          <span class="msg__meta">
            <time datetime={new Date(message.at).toISOString()}>{message.clock}</time>
            {mine && <Ticks status={message.status} />}
          </span>
        </div>
      </div>
      {message.reactions.customer && <p class="react">{words.yourReaction(message.reactions.customer)}</p>}
      {message.reactions.business && (
        <p class="react">{words.theirReaction(message.reactions.business, business)}</p>
      )}
      <More message={message} address={address} />
    </li>
  );
}

const captionOf = (content: unknown): string =>
  isObject(content) && typeof content.caption === 'string' ? content.caption : '';

function Ticks({ status }: { status: PhoneMessage['status'] }) {
  return (
    <span class={status === 'read' || status === 'played' ? 'read' : undefined}>
      <Icon name={status === 'sent' || status === 'accepted' ? 'tick' : 'ticks'} />
      <span class="vh">{words.ticks[status]}</span>
    </span>
  );
}

function More({ message, address }: { message: Shown; address: Address }) {
  return (
    <details class="msg__more" data-key={message.wamid}>
      <summary class="btn btn--quiet btn--icon">
        <Icon name="more" />
        <span class="vh">{words.more}</span>
      </summary>
      <form class="pop" method="post" action={`${address.actions}/reactions`}>
        <input type="hidden" name="number" value={address.number} />
        <input type="hidden" name="wamid" value={message.wamid} />
        {EMOJI.map((emoji) => (
          <button
            type="submit"
            key={emoji}
            class="btn btn--quiet btn--icon"
            name="emoji"
            value={emoji}
            aria-label={words.reactWith(emoji)}
          >
            {emoji}
          </button>
        ))}
        {message.reactions.customer && (
          <button type="submit" class="btn btn--quiet btn--icon" name="emoji" value="">
            <Icon name="close" />
            <span class="vh">{words.takeBack}</span>
          </button>
        )}
        <a class="btn btn--quiet" href={`${address.thread}&quote=${encodeURIComponent(message.wamid)}#say`}>
          {words.quote}
        </a>
      </form>
    </details>
  );
}
