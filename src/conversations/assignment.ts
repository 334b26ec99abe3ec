import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { cases, conversations } from '#src/db/schema/inbox/index.ts';
import { Invalid, NotFound } from '#src/errors.ts';
import type { LiveChange } from '#src/live/change.ts';
import { findMember } from '#src/people/members.ts';
import { demand } from '#src/people/permission.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { findConversation } from './conversation.ts';
import { eventRow } from './events.ts';
import { partsOf } from './parts.ts';

/**
 * Gives a conversation to a member, or (null) to nobody. Doing it twice changes nothing the second time.
 * Throws `NotFound`, `Forbidden`, or `Invalid({ assignee })` for somebody who is not in the account.
 */
export async function assign(
  inbox: Inbox,
  { conversationId, assigneeId }: { conversationId: number; assigneeId: number | null },
  viewer: Viewer,
  now: number,
): Promise<LiveChange[]> {
  return inbox.turn(async (commit) => {
    const { id, caseId, teamId, assigneeId: before } = await findConversation(inbox, conversationId, viewer);
    demand(viewer, 'conversations.write');
    if (before === assigneeId) {
      return [];
    }
    const whose = assigneeId === null ? {} : { subjectId: await presentMember(inbox, assigneeId) };
    const kind = assigneeId === null ? 'unassigned' : 'assigned';
    const eventId = inbox.nextId();
    const { sql: db } = inbox;
    await commit('full', [
      db.update(conversations).set({ assigneeId }).where(eq(conversations.id, id)),
      db
        .update(cases)
        .set({ assigneeId })
        .where(and(sql`${cases.conversationId} in ${partsOf(id)}`, isNull(cases.closedAt))),
      eventRow(inbox, viewer, { id: eventId, conversationId: id, caseId, at: now, kind, ...whose }),
    ]);
    return [{ conversationId: id, events: [eventId], left: [{ assigneeId: before, teamId }] }];
  });
}

async function presentMember(inbox: Inbox, userId: number): Promise<number> {
  try {
    return (await findMember(inbox, userId)).userId;
  } catch (error) {
    throw error instanceof NotFound
      ? new Invalid({ assignee: 'Choose somebody who is in this account now.' })
      : error;
  }
}
