import { and, eq, inArray, isNotNull, max, or, sql as raw } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { cases, conversations, members, messages } from '#src/db/schema/inbox/index.ts';
import type { KnownCase, KnownConversation, Stored } from './stored.ts';

type Threads = Pick<Stored, 'conversations' | 'cases' | 'gone'>;

/** Conversations of these contacts and with these ids, each with its newest case. */
export async function loadThreads(
  inbox: Inbox,
  contactIds: ReadonlySet<number>,
  ids: ReadonlySet<number>,
): Promise<Threads> {
  const wanted = [
    contactIds.size > 0 ? inArray(conversations.contactId, [...contactIds]) : undefined,
    ids.size > 0 ? inArray(conversations.id, [...ids]) : undefined,
  ].filter((condition) => condition !== undefined);
  const rows = wanted.length === 0 ? [] : await select(inbox).where(or(...wanted));
  const open = rows.flatMap(({ openCase }) => openCase ?? []);
  const settled = new Set(open.map((one) => one.conversationId));
  const resting = rows.map(({ thread }) => thread).filter((thread) => !settled.has(thread.id));
  return {
    conversations: rows.map(({ thread }) => thread),
    cases: [...open, ...(await loadLastCases(inbox, resting))],
    gone: await loadGone(inbox, resting),
  };
}

const knownCase = {
  id: cases.id,
  conversationId: cases.conversationId,
  closedAt: cases.closedAt,
  closedBy: cases.closedBy,
  reopened: cases.reopened,
  firstInboundAt: cases.firstInboundAt,
};

const knownThread = {
  id: conversations.id,
  numberId: conversations.numberId,
  contactId: conversations.contactId,
  state: conversations.state,
  assigneeId: conversations.assigneeId,
  teamId: conversations.teamId,
  lastArrivedAt: conversations.lastArrivedAt,
  lastInboundAt: conversations.lastInboundAt,
  windowExpiresAt: conversations.windowExpiresAt,
  waitingSince: conversations.waitingSince,
  caseId: conversations.caseId,
};

function select({ sql }: Inbox) {
  const lastOrderedAt = raw<number>`coalesce(${messages.orderedAt}, 0)`;
  return sql
    .select({ thread: { ...knownThread, lastOrderedAt }, openCase: knownCase })
    .from(conversations)
    .leftJoin(messages, eq(messages.id, conversations.lastMessageId))
    .leftJoin(cases, and(eq(cases.id, conversations.caseId), raw`${cases.closedAt} is null`))
    .$dynamic();
}

/** Ids rise, so the newest case of a conversation has the highest. */
async function loadLastCases({ sql }: Inbox, threads: readonly KnownConversation[]): Promise<KnownCase[]> {
  const ids = threads.map((thread) => thread.id);
  const newest = sql
    .select({ id: max(cases.id) })
    .from(cases)
    .where(inArray(cases.conversationId, ids))
    .groupBy(cases.conversationId);
  return ids.length === 0 ? [] : await sql.select(knownCase).from(cases).where(inArray(cases.id, newest));
}

/** Who of the assignees has left: what reopens does not go back to them. */
async function loadGone({ sql }: Inbox, threads: readonly KnownConversation[]): Promise<ReadonlySet<number>> {
  const assignees = threads.flatMap((thread) => thread.assigneeId ?? []);
  const haveLeft = and(inArray(members.userId, assignees), isNotNull(members.leftAt));
  const gone =
    assignees.length === 0 ? [] : await sql.select({ id: members.userId }).from(members).where(haveLeft);
  return new Set(gone.map(({ id }) => id));
}
