import { eq } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { conversations } from '#src/db/schema/inbox/index.ts';
import type { LiveChange } from '#src/live/change.ts';
import { demand } from '#src/people/permission.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { findConversation } from './conversation.ts';
import { eventRow } from './events.ts';
import { refuseUnseen } from './unseen.ts';

/**
 * "No answer needed": the customer no longer waits, and the case stays open. Nothing happens when nobody waits. `seenId`:
 * the last message of the customer that was seen, if that is known; throws `Problem` 409 when they wrote after it.
 */
export async function waiveAnswer(
  inbox: Inbox,
  conversationId: number,
  viewer: Viewer,
  now: number,
  seenId: number | null = null,
): Promise<LiveChange[]> {
  return inbox.turn(async (commit) => {
    const conversation = await findConversation(inbox, conversationId, viewer);
    const { id, caseId, waitingSince } = conversation;
    demand(viewer, 'conversations.write');
    if (waitingSince === null) {
      return [];
    }
    refuseUnseen(conversation, seenId);
    const eventId = inbox.nextId();
    await commit('full', [
      inbox.sql.update(conversations).set({ waitingSince: null }).where(eq(conversations.id, id)),
      eventRow(inbox, viewer, { id: eventId, conversationId: id, caseId, at: now, kind: 'answer.waived' }),
    ]);
    return [{ conversationId: id, events: [eventId] }];
  });
}
