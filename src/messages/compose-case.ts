import { and, eq, isNull } from 'drizzle-orm';
import { openCase } from '#src/conversations/case.ts';
import type { Conversation } from '#src/conversations/conversation.ts';
import { eventRow } from '#src/conversations/events.ts';
import type { Statement } from '#src/db/database.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { cases } from '#src/db/schema/inbox/index.ts';
import type { Viewer } from '#src/people/viewer.ts';

export type CaseOfMessage = { caseId: number; statements: Statement[]; events: number[] };

/**
 * The case a message of ours belongs to: the open one, or a new one. Only what customers write reopens an old
 * one. Its first reply is noted here.
 */
export async function caseOfMessage(
  inbox: Inbox,
  conversation: Conversation,
  viewer: Viewer,
  now: number,
): Promise<CaseOfMessage> {
  const firstReplyBy = viewer.kind === 'person' ? viewer.userId : null;
  const [open] = await inbox.sql
    .select()
    .from(cases)
    .where(and(eq(cases.conversationId, conversation.id), isNull(cases.closedAt)))
    .limit(1);
  if (open) {
    const reply = { firstReplyAt: open.firstReplyAt ?? now, firstReplyBy };
    const isFirst = open.firstReplyAt === null;
    const note = inbox.sql.update(cases).set(reply).where(eq(cases.id, open.id));
    return { caseId: open.id, statements: isFirst ? [note] : [], events: [] };
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
