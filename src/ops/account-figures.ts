import { sql } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import type { lanes } from '#src/db/schema/inbox/index.ts';
import { KEPT_BY_META_MS } from '#src/messages/receive-media.ts';

export type Lane = (typeof lanes)[number];

/** Counting stops here: what counts is that there are many, and the answer must not take long because there are. */
export const MOST_COUNTED = 2_000;

/** What waits in one account, and since when. Moments in ms; counts end at `MOST_COUNTED` for each number. */
export type AccountFigures = {
  accountId: number;
  /** Changes not taken in yet, and the arrival of the first. */
  pending: number;
  pendingSince: number | null;
  /** Changes that could not be taken in, wholly or in part. */
  failed: number;
  /** Sends that wait, and when the first of a number that may send should have gone. */
  queued: Record<Lane, number>;
  dueSince: Record<Lane, number | null>;
  /** Sends whose outcome is not known; of these a person was asked about `asked`. */
  unknown: number;
  asked: number;
  /** Numbers that do not send until somebody has settled why. */
  paused: number;
  /** Files of customers that are not here yet, and when the first of them came. */
  filesExpected: number;
  filesExpectedSince: number | null;
};

/** Read by a few statements over indexes, whatever lies in the account. */
export function readAccountFigures(inbox: Inbox, now: number): AccountFigures {
  const numbers = readNumbers(inbox);
  const sum = (name: keyof NumberRow) => numbers.reduce((all, row) => all + Number(row[name] ?? 0), 0);
  const live = numbers.filter(({ state }) => state === 'live');
  const firstDue = (name: 'interactive_at' | 'bulk_at') =>
    earliest(live.map((row) => row[name]).filter((at) => at !== null && at <= now));
  return {
    accountId: inbox.accountId,
    ...readJournal(inbox),
    queued: { interactive: sum('interactive'), bulk: sum('bulk') },
    dueSince: { interactive: firstDue('interactive_at'), bulk: firstDue('bulk_at') },
    unknown: sum('unknown'),
    asked: sum('asked'),
    paused: numbers.filter(({ state }) => state === 'paused').length,
    ...readFiles(inbox),
  };
}

type JournalRow = { pending: number; pending_since: number | null; failed: number };

/** In these words, so that SQLite sees that the index of open rows serves. */
function readJournal({ objects }: Inbox) {
  const [row] = objects<JournalRow>(sql`select
    (select count(*) from (
      select 1 from journal where state <> 'done' and state = 'pending' limit ${MOST_COUNTED})) as pending,
    (select received_at from journal where state <> 'done' and state = 'pending'
      order by id limit 1) as pending_since,
    (select count(*) from (
      select 1 from journal where state <> 'done' and state <> 'pending' limit ${MOST_COUNTED})) as failed`);
  return {
    pending: row?.pending ?? 0,
    pendingSince: row?.pending_since ?? null,
    failed: row?.failed ?? 0,
  };
}

type FileFigures = { expected: number; until: number | null };

/** In these words, so that SQLite sees that the index of expected files serves. */
function readFiles({ objects }: Inbox) {
  const [row] = objects<FileFigures>(sql`select count(*) as expected, min(media_expires_at) as until from (
    select media_expires_at from files where state in ('waiting', 'fetching') limit ${MOST_COUNTED})`);
  const until = row?.until ?? null;
  return {
    filesExpected: row?.expected ?? 0,
    filesExpectedSince: until === null ? null : until - KEPT_BY_META_MS,
  };
}

type NumberRow = Record<'interactive' | 'bulk' | 'unknown' | 'asked', number> &
  Record<'interactive_at' | 'bulk_at', number | null> & { state: string };

/** Each number by itself: the index of what is due begins with it. */
function readNumbers({ objects }: Inbox): NumberRow[] {
  const ofLane = (lane: Lane) => sql`number_id = n.id and state = 'queued' and lane = ${lane}`;
  const counted = (which: ReturnType<typeof ofLane>) =>
    sql`(select count(*) from (select 1 from outbox where ${which} limit ${MOST_COUNTED}))`;
  const first = (lane: Lane) => sql`(select min(not_before) from outbox where ${ofLane(lane)})`;
  const isUnknown = sql`number_id = n.id and state = 'unknown'`;
  return objects<NumberRow>(sql`select n.state as state,
    ${counted(ofLane('interactive'))} as interactive, ${first('interactive')} as interactive_at,
    ${counted(ofLane('bulk'))} as bulk, ${first('bulk')} as bulk_at,
    ${counted(isUnknown)} as unknown,
    ${counted(sql`${isUnknown} and asked_at is not null`)} as asked
    from numbers n`);
}

function earliest(moments: readonly (number | null)[]): number | null {
  const known = moments.filter((at) => at !== null);
  return known.length === 0 ? null : Math.min(...known);
}
