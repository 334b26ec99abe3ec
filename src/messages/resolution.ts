import { and, eq } from 'drizzle-orm';
import { auditRow } from '#src/audit/audit-row.ts';
import { findConversation } from '#src/conversations/conversation.ts';
import type { Statement } from '#src/db/database.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { messages, outbox } from '#src/db/schema/inbox/index.ts';
import { NotFound } from '#src/errors.ts';
import type { LiveChange } from '#src/live/change.ts';
import { demand } from '#src/people/permission.ts';
import type { Viewer } from '#src/people/viewer.ts';
import type { OutboxRow } from './outbox.ts';
import { failStatements } from './outcome-rows.ts';
import { statusRank } from './status.ts';
import type { MessageError } from './thread-message.ts';

/** "Send again", "It arrived", "Leave it". */
export const choices = ['again', 'arrived', 'leave'] as const;
export type Choice = (typeof choices)[number];

/** Stands where Meta's code would: nobody refused the message. */
const OURS = -1;
export const LEFT_UNKNOWN: MessageError = {
  code: OURS,
  title: 'Nobody knows whether this message arrived.',
  detail: 'WhatsApp did not say, and it was left at that. If the customer needs it, write it again.',
};

/**
 * A person settles a message whose outcome stayed unknown. Nothing happens when it was settled meanwhile, by a
 * status or by somebody else. Throws `NotFound` and `Forbidden`.
 */
export function resolveUnknown(
  inbox: Inbox,
  { messageId, choice }: { messageId: number; choice: Choice },
  viewer: Viewer,
  now: number,
): Promise<LiveChange> {
  return inbox.turn(async (commit) => {
    const { conversationId, row } = await findInOutbox(inbox, messageId, viewer);
    demand(viewer, 'messages.send');
    if (row?.state === 'unknown' && row.askedAt !== null) {
      await commit('full', [
        ...statementsOf(inbox, row, choice, now),
        auditRow(inbox, {
          at: now,
          actor: viewer,
          action: 'message.resolved',
          object: `message:${messageId}`,
          data: { choice, attempt: row.attempt },
        }),
      ]);
    }
    return { conversationId, messages: [messageId] };
  });
}

/** A message the viewer may see, with its row in the outbox if it still has one. Throws `NotFound`. */
export async function findInOutbox(
  inbox: Inbox,
  messageId: number,
  viewer: Viewer,
): Promise<{ conversationId: number; row: OutboxRow | null }> {
  const [found] = await inbox.sql
    .select({ conversationId: messages.conversationId, row: outbox })
    .from(messages)
    .leftJoin(outbox, eq(outbox.messageId, messages.id))
    .where(eq(messages.id, messageId))
    .limit(1);
  if (!found) {
    throw new NotFound(`message ${messageId}`);
  }
  const conversation = await findConversation(inbox, found.conversationId, viewer);
  return { conversationId: conversation.id, row: found.row };
}

function statementsOf(inbox: Inbox, row: OutboxRow, choice: Choice, now: number): Statement[] {
  switch (choice) {
    case 'again':
      return sendAgain(inbox, row, now);
    case 'arrived':
      return takeAsArrived(inbox, row);
    case 'leave':
      return failStatements(inbox, row, LEFT_UNKNOWN);
  }
}

function sendAgain({ sql: db }: Inbox, row: OutboxRow, now: number): Statement[] {
  const anew = {
    state: 'queued' as const,
    attempt: row.attempt + 1,
    notBefore: now,
    claimedAt: null,
    askedAt: null,
  };
  return [
    db.update(outbox).set(anew).where(eq(outbox.id, row.id)),
    db
      .update(messages)
      .set({ status: 'queued', statusRank: statusRank('queued') })
      .where(and(eq(messages.id, row.id), eq(messages.status, 'unknown'))),
  ];
}

function takeAsArrived({ sql: db }: Inbox, row: OutboxRow): Statement[] {
  return [
    db
      .update(messages)
      .set({ status: 'accepted', statusRank: statusRank('accepted') })
      .where(and(eq(messages.id, row.id), eq(messages.status, 'unknown'))),
    db.delete(outbox).where(eq(outbox.id, row.id)),
  ];
}
