import { and, asc, eq, gt, inArray, isNull, min } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { jobs, lanes, numbers, outbox } from '#src/db/schema/inbox/index.ts';
import { UNKNOWN_BLOCKS_MS } from './outbox-due.ts';
import { graceEnd } from './resolution-grace.ts';

/**
 * The next moment after `after` at which a message, a question about one, or a job of this account falls due;
 * null when nothing waits. A paused number's messages are not due: connecting it anew sends them.
 */
export async function nextDue(inbox: Inbox, after: number, startedAt: number): Promise<number | null> {
  const live = await inbox.sql.select({ id: numbers.id }).from(numbers).where(eq(numbers.state, 'live'));
  const numberIds = live.map(({ id }) => id);
  const moments = [
    ...(await nextQueued(inbox, numberIds, after)),
    ...(await endsOfUnknown(inbox, startedAt)),
    ...(await nextJob(inbox, after)),
  ].filter((at) => at > after);
  return moments.length === 0 ? null : Math.min(...moments);
}

async function nextQueued(
  { sql: db }: Inbox,
  numberIds: readonly number[],
  after: number,
): Promise<number[]> {
  const moments: number[] = [];
  for (const numberId of numberIds) {
    for (const lane of lanes) {
      const [next] = await db
        .select({ at: outbox.notBefore })
        .from(outbox)
        .where(
          and(
            eq(outbox.numberId, numberId),
            eq(outbox.state, 'queued'),
            eq(outbox.lane, lane),
            gt(outbox.notBefore, after),
          ),
        )
        .orderBy(asc(outbox.notBefore))
        .limit(1);
      moments.push(...(next ? [next.at] : []));
    }
  }
  return moments;
}

/** When one whose outcome is unknown stops holding back its conversation, and when a person is asked about it. */
async function endsOfUnknown({ sql: db }: Inbox, startedAt: number): Promise<number[]> {
  const unknown = await db
    .select({ claimedAt: outbox.claimedAt })
    .from(outbox)
    .where(and(inArray(outbox.state, ['sending', 'unknown']), isNull(outbox.askedAt)));
  return unknown.flatMap(({ claimedAt }) => [
    (claimedAt ?? startedAt) + UNKNOWN_BLOCKS_MS,
    graceEnd(claimedAt, startedAt),
  ]);
}

async function nextJob({ sql: db }: Inbox, after: number): Promise<number[]> {
  const [next] = await db
    .select({ at: min(jobs.dueAt) })
    .from(jobs)
    .where(and(eq(jobs.state, 'open'), gt(jobs.dueAt, after)));
  return next?.at == null ? [] : [next.at];
}
