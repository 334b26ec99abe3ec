import { type SQL, sql } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import type { LiveChange } from '#src/live/change.ts';
import { isHeld } from './outbox-held.ts';
import { RECEIPT } from './receipt.ts';

/**
 * The live numbers that have a message, a reaction or a read receipt to send now. Asked for all of them at once, by
 * the index of the outbox: an account may have many numbers, and every message sent asks.
 */
export function numbersToServe({ objects }: Pick<Inbox, 'objects'>, now: number): number[] {
  const rows = objects<{ id: number }>(sql`
    select id from numbers
    where state = 'live' and (
      exists (
        select 1 from outbox
        where number_id = numbers.id and state = 'queued' and lane in ('interactive', 'bulk') and not_before <= ${now}
      )
      or id in (
        select conversations.number_id from jobs
        join conversations on conversations.id = cast(jobs.key as integer)
        where jobs.kind = ${RECEIPT} and jobs.state = 'open' and jobs.due_at <= ${now}
      )
    )`);
  return rows.map(({ id }) => id);
}

/**
 * When the next message of a live number falls due after this moment; null when none waits. What Meta forbids `now` is
 * left out, whenever it was due.
 */
export function nextQueued(
  { objects }: Pick<Inbox, 'objects'>,
  { after, now }: { after: number; now: number },
): number | null {
  const [next] = objects<{ at: number | null }>(sql`
    select min(at) as at from (
      select (
        select not_before from outbox
        where number_id = numbers.id and state = 'queued' and lane = lanes.column1 and not_before > ${after}
          and not ${isHeld(now)}
        order by not_before limit 1
      ) as at
      from numbers, (values ('interactive'), ('bulk')) as lanes
      where numbers.state = 'live'
    )`);
  return next?.at ?? null;
}

/**
 * When the next window closes after this moment in which Meta lets nothing be said, though something waits to be: what is
 * no answer any more is held no longer. Null when there is none.
 */
export function nextLateAnswer({ objects }: Pick<Inbox, 'objects'>, now: number): number | null {
  const [next] = objects<{ at: number | null }>(sql`
    select min(thread.window_expires_at) as at
    from numbers
    cross join outbox on outbox.number_id = numbers.id and outbox.state = 'queued'
    cross join conversations as asked on asked.id = outbox.conversation_id
    cross join conversations as thread on thread.id = coalesce(asked.merged_into_id, asked.id)
    where numbers.state = 'live' and numbers.answers_forbidden_until > ${now}
      and thread.window_expires_at > ${now}`);
  return next?.at ?? null;
}

/** More are not on anybody's screen. */
const MOST_TOLD = 500;

/** The conversations that wait for a number which is paused, the newest message first. */
export function waitingAtPaused({ objects }: Pick<Inbox, 'objects'>): LiveChange[] {
  return waitingAt({ objects }, sql`select id from numbers where state = 'paused'`);
}

/** The conversations in which something waits to be sent, of all numbers or of these, the newest message first. */
export function waitingAt(
  { objects }: Pick<Inbox, 'objects'>,
  numberIds: SQL = sql`select id from numbers`,
): LiveChange[] {
  const rows = objects<{ id: number }>(sql`
    select conversation_id as id from outbox
    where number_id in (${numberIds})
    group by conversation_id order by max(id) desc limit ${MOST_TOLD}`);
  return rows.map(({ id: conversationId }) => ({ conversationId }));
}
