import { and, eq, gt, inArray, isNull, min, sql } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { jobs, numbers, outbox } from '#src/db/schema/inbox/index.ts';
import { nextRestrictionEnd } from '#src/numbers/restriction-end.ts';
import { UNKNOWN_BLOCKS_MS } from './outbox-due.ts';
import { nextLateAnswer, nextQueued } from './outbox-waiting.ts';
import { RECEIPT } from './receipt.ts';
import { graceEnd } from './resolution-grace.ts';

/** `now` decides what Meta forbids; what is unknown without a moment of its own is so since `startedAt`. */
export type Looking = { after: number; now: number; startedAt: number };

/**
 * The next moment after `after` at which a message, a question about one, or a job of this account falls due, or a
 * restriction ends; null when nothing waits. A paused number's messages are not due: connecting it anew sends them.
 */
export async function nextDue(inbox: Inbox, { after, now, startedAt }: Looking): Promise<number | null> {
  const known = [
    nextQueued(inbox, { after, now }),
    nextLateAnswer(inbox, now),
    nextRestrictionEnd(inbox, after),
  ];
  const moments = [
    ...known.filter((at) => at !== null),
    ...(await endsOfUnknown(inbox, startedAt)),
    ...(await nextJob(inbox, after)),
  ].filter((at) => at > after);
  return moments.length === 0 ? null : Math.min(...moments);
}

/** When one whose outcome is unknown stops holding back its conversation, and when a person is asked about it. */
async function endsOfUnknown(inbox: Inbox, startedAt: number): Promise<number[]> {
  return (await selectUnknown(inbox)).flatMap(({ claimedAt }) => [
    (claimedAt ?? startedAt) + UNKNOWN_BLOCKS_MS,
    graceEnd(claimedAt, startedAt),
  ]);
}

/** Asked with every look: the numbers are named so that the index finds the few among all that wait. */
export function selectUnknown({ sql: db }: Pick<Inbox, 'sql'>) {
  const isUnknown = and(
    inArray(outbox.numberId, db.select({ id: numbers.id }).from(numbers)),
    inArray(outbox.state, ['sending', 'unknown']),
    isNull(outbox.askedAt),
  );
  return db.select({ claimedAt: outbox.claimedAt }).from(outbox).where(isUnknown);
}

/** Of a number that sends nothing, read receipts wait as its messages do. */
const mayBeDone = sql`(jobs.kind <> ${RECEIPT} or exists (
  select 1 from conversations join numbers on numbers.id = conversations.number_id
  where conversations.id = cast(jobs.key as integer) and numbers.state = 'live'
))`;

async function nextJob({ sql: db }: Inbox, after: number): Promise<number[]> {
  const [next] = await db
    .select({ at: min(jobs.dueAt) })
    .from(jobs)
    .where(and(eq(jobs.state, 'open'), gt(jobs.dueAt, after), mayBeDone));
  return next?.at == null ? [] : [next.at];
}
