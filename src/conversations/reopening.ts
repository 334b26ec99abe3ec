import { desc, eq, sql } from 'drizzle-orm';
import type { Statement } from '#src/db/database.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { cases, conversations, members } from '#src/db/schema/inbox/index.ts';
import type { LiveChange } from '#src/live/change.ts';
import { demand } from '#src/people/permission.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { type Case, caseStep, openCase, reopenCase } from './case.ts';
import { type Conversation, findConversation } from './conversation.ts';
import { eventRow } from './events.ts';
import { partsOf } from './parts.ts';

/**
 * Opens a closed conversation again: soon after its closing the same case goes on, later a new one begins.
 * It stays with its assignee unless they have left. Reopening what is open changes nothing.
 */
export async function reopen(
  inbox: Inbox,
  conversationId: number,
  viewer: Viewer,
  now: number,
): Promise<LiveChange[]> {
  return inbox.turn(async (commit) => {
    const closed = await findConversation(inbox, conversationId, viewer);
    demand(viewer, 'conversations.write');
    if (closed.state !== 'closed') {
      return [];
    }
    const assigneeId = await whoIsStillHere(inbox, closed.assigneeId);
    const { caseId, kind, statement } = await continueCase(inbox, { ...closed, assigneeId }, viewer, now);
    const eventId = inbox.nextId();
    await commit('full', [
      statement,
      inbox.sql
        .update(conversations)
        .set({ state: 'open', caseId, assigneeId })
        .where(eq(conversations.id, closed.id)),
      eventRow(inbox, viewer, { id: eventId, conversationId: closed.id, caseId, at: now, kind }),
    ]);
    const { assigneeId: before, teamId } = closed;
    const left = assigneeId === before ? [] : [{ assigneeId: before, teamId }];
    return [{ conversationId: closed.id, events: [eventId], left }];
  });
}

type Continued = { caseId: number; kind: 'case.opened' | 'case.reopened'; statement: Statement };

async function continueCase(
  inbox: Inbox,
  conversation: Conversation,
  viewer: Viewer,
  now: number,
): Promise<Continued> {
  const { sql: db } = inbox;
  const last = await lastCase(inbox, conversation.id);
  if (last && caseStep(last, now) === 'reopen') {
    const statement = db.update(cases).set(reopenCase(last)).where(eq(cases.id, last.id));
    return { caseId: last.id, kind: 'case.reopened', statement };
  }
  const opened = openCase(inbox.nextId(), conversation, viewer.kind === 'person' ? 'person' : 'api', now);
  return { caseId: opened.id, kind: 'case.opened', statement: db.insert(cases).values(opened) };
}

async function lastCase({ sql: db }: Inbox, conversationId: number): Promise<Case | undefined> {
  const [last] = await db
    .select()
    .from(cases)
    .where(sql`${cases.conversationId} in ${partsOf(conversationId)}`)
    .orderBy(desc(cases.openedAt), desc(cases.id))
    .limit(1);
  return last;
}

async function whoIsStillHere({ sql: db }: Inbox, userId: number | null): Promise<number | null> {
  if (userId === null) {
    return null;
  }
  const [member] = await db.select().from(members).where(eq(members.userId, userId)).limit(1);
  return member && member.leftAt === null ? userId : null;
}
