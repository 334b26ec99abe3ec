import { and, eq, gte, inArray, sql } from 'drizzle-orm';
import type { Statement } from '#src/db/database.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { attempts, messages, outbox, reactions } from '#src/db/schema/inbox/index.ts';
import { setBackSinceLast, setBackStatements } from './outbox-set-back.ts';
import { statusRank } from './status.ts';

export type OutboxRow = typeof outbox.$inferSelect;

type Subject = { messageId: number; reactionId?: never } | { messageId?: never; reactionId: number };
type Place = Pick<OutboxRow, 'numberId' | 'conversationId' | 'lane' | 'notBefore'> & {
  /** What has to be uploaded to Meta first. */
  fileId?: number | null;
  /** The first, unless it was tried before. */
  attempt?: number;
};

/** The row that makes a message or reaction wait for its delivery; it goes when the send is settled. */
export function queue({ sql: db }: Inbox, { messageId, reactionId }: Subject, place: Place): Statement {
  const id = messageId ?? reactionId;
  return db.insert(outbox).values({ id, messageId, reactionId, attempt: 1, ...place, state: 'queued' });
}

/** How many sends were cut off: those that nobody knows the end of, and those that a status has settled since. */
export type RecoveredOutbox = { unknown: number; settled: number };

/**
 * At open, before anybody else has the account: what was being sent when the process ended may have left or
 * not, so its outcome is unknown. What a status has settled meanwhile is done. What waits follows a clock that was
 * set back.
 */
export function recoverOutbox(inbox: Inbox, now: number): Promise<RecoveredOutbox> {
  return inbox.turn(async (commit) => {
    const sending = await inbox.sql
      .select({ rank: messages.statusRank })
      .from(outbox)
      .leftJoin(messages, eq(messages.id, outbox.messageId))
      .where(eq(outbox.state, 'sending'));
    const back = await setBackSinceLast(inbox, now);
    await commit('full', [
      ...(sending.length > 0 ? recovery(inbox, now) : []),
      ...(back > 0 ? setBackStatements(inbox, back, now) : []),
    ]);
    const settled = sending.filter(({ rank }) => (rank ?? 0) >= statusRank('accepted')).length;
    return { unknown: sending.length - settled, settled };
  });
}

function recovery({ sql: db }: Inbox, now: number): Statement[] {
  const sending = sql`(select id from outbox where state = 'sending')`;
  const tries = sql`(select id, attempt from outbox where state = 'sending')`;
  return [
    db
      .update(attempts)
      .set({ outcome: 'unknown', endedAt: now })
      .where(and(eq(attempts.outcome, 'open'), sql`(subject_id, attempt) in ${tries}`)),
    db
      .update(messages)
      .set({ status: 'unknown', statusRank: statusRank('unknown') })
      .where(and(eq(messages.status, 'sending'), sql`id in ${sending}`)),
    db
      .update(reactions)
      .set({ status: 'unknown' })
      .where(and(eq(reactions.status, 'sending'), sql`id in ${sending}`)),
    db.delete(outbox).where(and(eq(outbox.state, 'sending'), inArray(outbox.messageId, settled(db)))),
    db.update(outbox).set({ state: 'unknown' }).where(eq(outbox.state, 'sending')),
  ];
}

const settled = (db: Inbox['sql']) =>
  db
    .select({ id: messages.id })
    .from(messages)
    .where(gte(messages.statusRank, statusRank('accepted')));
