import { and, desc, eq, inArray, isNotNull, lte, max, ne, sql } from 'drizzle-orm';
import { type Conversation, findConversation } from '#src/conversations/conversation.ts';
import type { Statement } from '#src/db/database.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { members, messages, numbers, reads } from '#src/db/schema/inbox/index.ts';
import { NotFound } from '#src/errors.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { queueReceipt, RECEIPT_AGE_MS } from './receipt.ts';
import { threadParts } from './thread.ts';

type Reading = { conversationId: number; messageId: number };

/**
 * Somebody has this conversation before their eyes, up to a message. Theirs alone is the marker; the customer
 * gets a read receipt when nobody had read as far before and the number's policy is `opened`.
 * Resolves to whether a receipt is to be sent. Throws `NotFound`.
 */
export function markRead(inbox: Inbox, reading: Reading, viewer: Viewer, now: number): Promise<boolean> {
  return inbox.turn(async (commit) => {
    const conversation = await findConversation(inbox, reading.conversationId, viewer);
    const threads = await threadParts(inbox, conversation.id);
    await mustContain(inbox, threads, reading.messageId);
    const receipt = await receiptFor(inbox, conversation, threads, reading.messageId, now);
    await commit('normal', [
      ...markerStatements(inbox, conversation, reading.messageId, viewer, now),
      ...receipt,
    ]);
    return receipt.length > 0;
  });
}

async function mustContain({ sql: db }: Inbox, threads: number[], messageId: number): Promise<void> {
  const found = await db
    .select({ id: messages.id })
    .from(messages)
    .where(and(eq(messages.id, messageId), inArray(messages.conversationId, threads)))
    .limit(1);
  if (found.length === 0) {
    throw new NotFound(`message ${messageId}`);
  }
}

function markerStatements(
  { sql: db }: Inbox,
  { id: conversationId }: Conversation,
  messageId: number,
  viewer: Viewer,
  now: number,
): Statement[] {
  if (viewer.kind !== 'person') {
    return [];
  }
  return [
    db
      .insert(reads)
      .values({ userId: viewer.userId, conversationId, messageId, at: now })
      .onConflictDoUpdate({
        target: [reads.userId, reads.conversationId],
        set: { messageId: sql`max(message_id, excluded.message_id)`, at: now },
      }),
  ];
}

async function receiptFor(
  inbox: Inbox,
  conversation: Conversation,
  threads: number[],
  messageId: number,
  now: number,
): Promise<Statement[]> {
  const [number] = await inbox.sql
    .select({ policy: numbers.readReceipts })
    .from(numbers)
    .where(eq(numbers.id, conversation.numberId))
    .limit(1);
  const newest = await newestInbound(inbox, threads, messageId);
  const isNews = newest !== null && newest.id > (await readByAnyone(inbox, conversation.id));
  return number?.policy === 'opened' && isNews && newest.orderedAt > now - RECEIPT_AGE_MS
    ? [queueReceipt(inbox, conversation.id, newest.id, now)]
    : [];
}

/** The newest message of the customer's that Meta has a name for, up to one of the thread. */
export async function newestInbound({ sql: db }: Inbox, threads: number[], upTo: number) {
  const [newest] = await db
    .select({ id: messages.id, wamid: messages.wamid, orderedAt: messages.orderedAt })
    .from(messages)
    .where(
      and(
        inArray(messages.conversationId, threads),
        eq(messages.direction, 'in'),
        isNotNull(messages.wamid),
        ne(messages.type, 'call'),
        lte(messages.id, upTo),
      ),
    )
    .orderBy(desc(messages.orderedAt), desc(messages.id))
    .limit(1);
  return newest ?? null;
}

/** By member, since the key of `reads` begins with the person. */
async function readByAnyone({ sql: db }: Inbox, conversationId: number): Promise<number> {
  const [row] = await db
    .select({ messageId: max(reads.messageId) })
    .from(members)
    .innerJoin(reads, and(eq(reads.userId, members.userId), eq(reads.conversationId, conversationId)));
  return row?.messageId ?? 0;
}
