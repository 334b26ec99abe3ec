/** @jsxImportSource preact */
import type { NumberState } from '../numbers.ts';
import { findInThread, type Thread } from '../threads.ts';
import { words } from '../words.ts';
import type { World } from '../world.ts';
import { Attach } from './attach.tsx';
import { type Address, Bubble } from './bubble.tsx';
import { intoDays } from './days.ts';
import { Icon } from './icons.tsx';

type Props = {
  thread: Thread;
  number: NumberState;
  world: World;
  quote: string | null;
  address: Address;
};

/** The phone itself. The parts with `data-live` are what its script replaces when something changed. */
export function Handset({ world, thread, number, quote, address }: Props) {
  const days = intoDays(world, thread);
  const quoted = quote === null ? undefined : findInThread(thread, quote);
  return (
    <section class="handset" aria-labelledby="who">
      <header class="handset__bar">
        <span class="initials" aria-hidden="true">
          {initials(number.verifiedName)}
        </span>
        <div id="bar" data-live>
          <h2 id="who">{number.verifiedName}</h2>
          <p class="meta">{thread.typingUntil > world.now() ? words.typing : words.business}</p>
        </div>
      </header>
      <div
        class="thread"
        role="log"
        aria-live="off"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller must be reachable from the keyboard
        tabIndex={0}
        aria-label={words.messagesOn(thread.person.name)}
      >
        <div class="log" id="log" data-live>
          {days.length === 0 && <p class="log__empty">{words.empty}</p>}
          {days.map((day) => (
            <section key={day.key} class="log__day" aria-labelledby={`d-${day.key}`}>
              <h3 class="day" id={`d-${day.key}`}>
                {day.name}
              </h3>
              <ol>
                {day.messages.map((message) => (
                  <Bubble
                    key={message.wamid}
                    message={message}
                    business={number.verifiedName}
                    address={address}
                  />
                ))}
              </ol>
            </section>
          ))}
        </div>
      </div>
      <div id="foot" data-live>
        <Unread thread={thread} address={address} />
        {quoted && (
          <p class="quoting">
            <span>
              <b>{words.quoting}</b> {quoted.text}
            </span>
            <a class="btn btn--quiet btn--icon" href={`${address.thread}#say`}>
              <Icon name="close" />
              <span class="vh">{words.stopQuoting}</span>
            </a>
          </p>
        )}
      </div>
      <div class="compose">
        <Attach address={address} quote={quoted?.wamid} />
        <form class="say" method="post" action={`${address.actions}/messages`}>
          <input type="hidden" name="number" value={address.number} />
          {quoted && <input type="hidden" name="quote" value={quoted.wamid} />}
          <label class="vh" for="say">
            {words.messageAs(thread.person.name)}
          </label>
          <input
            id="say"
            name="text"
            required
            maxLength={4096}
            autocomplete="off"
            placeholder={words.placeholder}
          />
          <button type="submit" class="btn btn--primary btn--icon">
            <Icon name="send" />
            <span class="vh">{words.send}</span>
          </button>
        </form>
      </div>
    </section>
  );
}

function Unread({ thread, address }: { thread: Thread; address: Address }) {
  const unread = thread.messages.filter(({ from, status }) => from === 'business' && isUnread(status)).length;
  if (unread === 0) {
    return null;
  }
  return (
    <form class="unread" method="post" action={`${address.actions}/reading`} data-reading>
      <input type="hidden" name="number" value={address.number} />
      <span>{words.unread(unread)}</span>
      <button type="submit" class="btn">
        {words.markRead}
      </button>
    </form>
  );
}

function isUnread(status: string): boolean {
  return status === 'sent' || status === 'delivered';
}

function initials(name: string): string {
  const letters = name.split(/\s+/).map((word) => [...word][0] ?? '');
  return `${letters[0] ?? ''}${letters.length > 1 ? (letters.at(-1) ?? '') : ''}`.toLocaleUpperCase('en');
}
