import { sql } from 'drizzle-orm';
import type { Statement } from '#src/db/database.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { jobs } from '#src/db/schema/inbox/index.ts';

export const RECEIPT = 'receipt';

/** Meta takes read receipts for messages of this age and no older. */
export const RECEIPT_AGE_MS = 30 * 24 * 60 * 60_000;

/**
 * Tells the customer that everything up to `messageId` was read: one job a conversation, which a later reading
 * moves on. Meta marks all earlier messages of the thread with it.
 */
export function queueReceipt(
  inbox: Inbox,
  conversationId: number,
  messageId: number,
  now: number,
): Statement {
  return inbox.sql
    .insert(jobs)
    .values({
      id: inbox.nextId(),
      kind: RECEIPT,
      key: String(conversationId),
      dueAt: now,
      state: 'open',
      data: JSON.stringify({ message_id: messageId }),
    })
    .onConflictDoUpdate({
      target: [jobs.kind, jobs.key],
      targetWhere: sql`state = 'open'`,
      set: { data: sql`excluded.data`, dueAt: now, tries: 0 },
    });
}
