import { and, eq, gt, isNull, lt, lte, ne, not, notExists, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Inbox } from '#src/db/inbox.ts';
import { lanes, outbox } from '#src/db/schema/inbox/index.ts';
import type { Forbidden } from '#src/numbers/restriction.ts';
import type { OutboxRow } from './outbox.ts';
import { isAnswer, isStart } from './outbox-held.ts';

/** How long the next message of a conversation waits for one whose outcome is not known. */
export const UNKNOWN_BLOCKS_MS = 30_000;

export type Due = {
  numberId: number;
  now: number;
  limit: number;
  /** What Meta forbids at present; nothing unless told otherwise. */
  forbidden?: Record<Forbidden, boolean>;
};

/**
 * The rows of a number that may be sent now: interactive before bulk, one of each conversation, and none whose
 * conversation has another one on its way. What waits for its file, or for the end of a restriction, holds back what
 * was written after it. An answer waits no longer than its window: then it is due, to fail or, as a template, to go.
 */
export async function findDue(inbox: Inbox, due: Due): Promise<OutboxRow[]> {
  const found: OutboxRow[] = [];
  const taken = new Set<number>();
  for (const lane of lanes) {
    for (const row of await selectDue(inbox, { ...due, lane, limit: due.limit - found.length })) {
      if (!taken.has(row.conversationId)) {
        taken.add(row.conversationId);
        found.push(row);
      }
    }
  }
  return found;
}

export type Wanted = Due & { lane: OutboxRow['lane'] };

const NOTHING_FORBIDDEN = { starts: false, answers: false };

/** One index finds the rows, another one what blocks them, however many wait. */
export function selectDue(
  { sql: db }: Inbox,
  { numberId, lane, now, limit, forbidden = NOTHING_FORBIDDEN }: Wanted,
) {
  const other = alias(outbox, 'other');
  const onItsWay = or(
    eq(other.state, 'sending'),
    and(eq(other.state, 'unknown'), gt(other.claimedAt, now - UNKNOWN_BLOCKS_MS)),
  );
  const before = and(eq(other.state, 'queued'), eq(other.lane, lane), lt(other.id, outbox.id));
  const blocking = db
    .select({ one: sql`1` })
    .from(other)
    .where(
      and(eq(other.conversationId, outbox.conversationId), ne(other.id, outbox.id), or(onItsWay, before)),
    );
  return db
    .select()
    .from(outbox)
    .where(
      and(
        eq(outbox.numberId, numberId),
        eq(outbox.state, 'queued'),
        eq(outbox.lane, lane),
        lte(outbox.notBefore, now),
        isNull(outbox.fileId),
        notExists(blocking),
        forbidden.starts ? not(isStart(now)) : undefined,
        forbidden.answers ? not(isAnswer(now)) : undefined,
      ),
    )
    .orderBy(outbox.notBefore, outbox.id)
    .limit(limit);
}
