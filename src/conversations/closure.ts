import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Statement } from '#src/db/database.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { cases, conversations } from '#src/db/schema/inbox/index.ts';
import type { LiveChange } from '#src/live/change.ts';
import { demand } from '#src/people/permission.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { closeCase } from './case.ts';
import { findConversation } from './conversation.ts';
import { eventRow } from './events.ts';
import { partsOf } from './parts.ts';
import { refuseUnseen } from './unseen.ts';

/**
 * Closes a conversation and its case; the customer no longer waits. Closing twice records one event. `seenId`: the last
 * message of the customer that was seen, if that is known; throws `Problem` 409 when they wrote after it and wait.
 */
export async function close(
  inbox: Inbox,
  conversationId: number,
  viewer: Viewer,
  now: number,
  seenId: number | null = null,
): Promise<LiveChange[]> {
  return inbox.turn(async (commit) => {
    const conversation = await findConversation(inbox, conversationId, viewer);
    const { id, state, caseId } = conversation;
    demand(viewer, 'conversations.write');
    if (state === 'closed') {
      return [];
    }
    refuseUnseen(conversation, seenId);
    const eventId = inbox.nextId();
    await commit('full', [
      ...closingStatements(inbox, id, viewer, now),
      eventRow(inbox, viewer, { id: eventId, conversationId: id, caseId, at: now, kind: 'case.closed' }),
    ]);
    return [{ conversationId: id, events: [eventId] }];
  });
}

/** What makes a conversation and its case closed. */
export function closingStatements(
  { sql: db }: Inbox,
  conversationId: number,
  viewer: Viewer,
  now: number,
): Statement[] {
  const by = viewer.kind === 'person' ? viewer.userId : null;
  return [
    db
      .update(conversations)
      .set({ state: 'closed', snoozedUntil: null, waitingSince: null })
      .where(eq(conversations.id, conversationId)),
    db
      .update(cases)
      .set(closeCase(by, now))
      .where(and(sql`${cases.conversationId} in ${partsOf(conversationId)}`, isNull(cases.closedAt))),
  ];
}
