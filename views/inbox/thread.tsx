/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import type { ConversationSummary } from '#src/conversations/summary.ts';
import type { ThreadEvent, ThreadMessage, ThreadPage } from '#src/messages/thread-message.ts';
import { Event } from '../messages/event.tsx';
import { follows, Message } from '../messages/message.tsx';
import { Icon } from '../shared/icon.tsx';
import { dayOf, LocalTime } from '../shared/time.tsx';
import { words } from '../words/words.ts';
import { conversationPath } from './view.ts';

type Props = {
  row: ConversationSummary;
  thread: ThreadPage;
  firstUnreadId: number | null;
  now: number;
  timeZone: string;
};

/** What was said, a section a day, begun at its end. `<message-thread>` takes what lands in its inlet. */
export const Thread = ({ row, thread, firstUnreadId, now, timeZone }: Props) => (
  <message-thread class="thread__body" data-id={row.id} data-zone={timeZone}>
    <div
      class="thread__scroll"
      role="log"
      aria-live="off"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={words.messagesWith(row.contact.name)}
    >
      <div class="log">
        {thread.before === null ? null : (
          <p class="older">
            <a class="btn btn--quiet" href={`?before=${encodeURIComponent(thread.before)}`}>
              {words.earlierMessages}
            </a>
          </p>
        )}
        {daysOf(thread, timeZone).map((day) => (
          <Day key={day.key} day={day.key} at={day.items[0]?.at ?? 0} now={now} timeZone={timeZone}>
            {day.items.map((item, index) => (
              <Item
                key={item.key}
                item={item}
                previous={day.items[index - 1]}
                isFresh={item.message !== undefined && item.message.id === firstUnreadId}
                timeZone={timeZone}
                now={now}
              />
            ))}
          </Day>
        ))}
        <Later row={row} thread={thread} />
      </div>
    </div>
    <ul id={`thread-inlet-${row.id}`} hidden />
    <template>
      <Day day="" at={now} now={now} timeZone={timeZone} />
    </template>
    <p class="jump" hidden>
      <button class="btn" type="button" data-words={words.newBelow('#')}>
        <Icon name="arrowdown" small />
        <span />
      </button>
    </p>
  </message-thread>
);

/** What was said since is not on this page; new messages do not come in here, but after it. */
function Later({ row, thread: { hasLater, messages } }: Pick<Props, 'row' | 'thread'>) {
  const newest = messages.at(-1)?.id;
  return hasLater ? (
    <p class="later">
      {newest === undefined ? null : (
        <a class="btn btn--quiet" href={`?message=${newest}#message-${newest}`}>
          {words.search.laterMessages}
        </a>
      )}
      <a class="btn btn--quiet" href={conversationPath(row.id)} data-newest="">
        {words.search.newestMessages}
      </a>
    </p>
  ) : null;
}

type DayProps = { day: string; at: number; now: number; timeZone: string; children?: ComponentChildren };

/** A calendar day of the account; `<message-thread>` makes further ones from an empty one. */
const Day = ({ day, at, now, timeZone, children }: DayProps) => (
  <section class="log__day" data-day={day} aria-labelledby={`day-${day}`}>
    <h3 class="day" id={`day-${day}`}>
      <LocalTime at={at} style="day" timeZone={timeZone} now={now} />
    </h3>
    <ol>{children}</ol>
  </section>
);

type Item = { key: string; at: number; message?: ThreadMessage; event?: ThreadEvent };

type ItemProps = { item: Item; previous: Item | undefined; isFresh: boolean; timeZone: string; now: number };

function Item({ item, previous, isFresh, timeZone, now }: ItemProps) {
  if (item.event !== undefined) {
    return <Event event={item.event} timeZone={timeZone} />;
  }
  if (item.message === undefined) {
    return null;
  }
  return (
    <>
      {isFresh ? (
        <li class="fresh" id="new">
          <span>
            {words.newSince} <LocalTime at={item.at} style="moment" timeZone={timeZone} now={now} />
          </span>
        </li>
      ) : null}
      <Message
        message={item.message}
        timeZone={timeZone}
        isFollowing={!isFresh && follows(previous?.message, item.message)}
      />
    </>
  );
}

/** Messages and events in one order, a group a calendar day of the account. */
function daysOf(thread: ThreadPage, timeZone: string): { key: string; items: Item[] }[] {
  const items: Item[] = [
    ...thread.messages.map((message) => ({ key: `m${message.id}`, at: message.orderedAt, message })),
    ...thread.events.map((event) => ({ key: `e${event.id}`, at: event.at, event })),
  ].sort((a, b) => a.at - b.at);
  const days = new Map<string, Item[]>();
  for (const item of items) {
    const key = dayOf(item.at, timeZone);
    const day = days.get(key);
    if (day === undefined) {
      days.set(key, [item]);
    } else {
      day.push(item);
    }
  }
  return [...days].map(([key, dayItems]) => ({ key, items: dayItems }));
}
