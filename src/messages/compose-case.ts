import { and, inArray, isNull, sql } from 'drizzle-orm';
import { openCase } from '#src/conversations/case.ts';
import type { Conversation } from '#src/conversations/conversation.ts';
import { eventRow } from '#src/conversations/events.ts';
import { partsOf } from '#src/conversations/parts.ts';
import type { Statement } from '#src/db/database.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { cases } from '#src/db/schema/inbox/index.ts';
import type { Viewer } from '#src/people/viewer.ts';

export type CaseOfMessage = { caseId: number; statements: Statement[]; events: number[] };

/**
 * The case a message of ours belongs to: the open one, or a new one. One that was opened in a conversation merged
 * into this one goes on beside it, and is answered with it. Only what customers write reopens an old
 * one. Its first reply is noted here.
 */
export async function caseOfMessage(
  inbox: Inbox,
  conversation: Conversation,
  viewer: Viewer,
  now: number,
): Promise<CaseOfMessage> {
  const firstReplyBy = viewer.kind === 'person' ? viewer.userId : null;
  const isOpen = and(sql`${cases.conversationId} in ${partsOf(conversation.id)}`, isNull(cases.closedAt));
  const open = await inbox.sql.select().from(cases).where(isOpen);
  const current = open.find(({ conversationId }) => conversationId === conversation.id) ?? open[0];
  if (current) {
    const unanswered = open.filter(({ firstReplyAt }) => firstReplyAt === null).map(({ id }) => id);
    const reply = { firstReplyAt: now, firstReplyBy };
    const note = inbox.sql.update(cases).set(reply).where(inArray(cases.id, unanswered));
    return { caseId: current.id, statements: unanswered.length > 0 ? [note] : [], events: [] };
  }
  const caseId = inbox.nextId();
  const eventId = inbox.nextId();
  const by = viewer.kind === 'person' ? 'person' : 'api';
  const event = { id: eventId, conversationId: conversation.id, caseId, at: now };
  return {
    caseId,
    statements: [
      inbox.sql
        .insert(cases)
        .values({ ...openCase(caseId, conversation, by, now), firstReplyAt: now, firstReplyBy }),
      eventRow(inbox, viewer, { ...event, kind: 'case.opened' }),
    ],
    events: [eventId],
  };
}
