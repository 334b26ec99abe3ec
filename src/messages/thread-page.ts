import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { messages } from '#src/db/schema/inbox/index.ts';
import { type MessageRow, selectMessages } from './load.ts';
import { lastPage, readThread, THREAD_LIMIT, threadParts, toPage } from './thread.ts';
import type { ThreadPage } from './thread-message.ts';

export type ThreadPlace = {
  /** Cursor of an earlier page. */
  before?: string | undefined;
  /** A message to be seen among those before and after it. */
  around?: number | undefined;
  limit?: number;
};

/**
 * The page of a thread that is asked for; the newest one when nothing is, or a message that is not in this thread.
 * Throws `Invalid` for a cursor that is none.
 */
export async function threadPage(
  inbox: Inbox,
  conversationId: number,
  { before, around, limit = THREAD_LIMIT }: ThreadPlace,
): Promise<ThreadPage> {
  const page = around === undefined ? null : await pageAround(inbox, conversationId, around, limit);
  return page ?? lastPage(inbox, conversationId, { before, limit });
}

async function pageAround(
  inbox: Inbox,
  conversationId: number,
  messageId: number,
  limit: number,
): Promise<ThreadPage | null> {
  const parts = await threadParts(inbox, conversationId);
  const { orderedAt, id } = messages;
  const [found] = await inbox.sql
    .select({ orderedAt, id })
    .from(messages)
    .where(and(eq(id, messageId), inArray(messages.conversationId, [...parts])))
    .limit(1);
  if (!found) {
    return null;
  }
  const half = Math.floor(limit / 2);
  const later = await readLater(inbox, parts, [found.orderedAt, found.id], half + 1);
  const after = later.slice(0, half);
  const room = limit - after.length;
  const until = await readThread(inbox, parts, [found.orderedAt, found.id + 1], room + 1);
  return toPage(inbox, parts, {
    rows: [...until.slice(0, room).reverse(), ...after],
    hasEarlier: until.length > room,
    nextAt: later[half]?.message.orderedAt ?? null,
  });
}

/** The messages of all parts after a position, oldest first, each part through the thread's index. */
async function readLater(
  inbox: Inbox,
  parts: readonly number[],
  [orderedAt = 0, id = 0]: readonly number[],
  limit: number,
): Promise<MessageRow[]> {
  const rows: MessageRow[] = [];
  for (const part of parts) {
    const later = sql`(${messages.orderedAt}, ${messages.id}) > (${orderedAt}, ${id})`;
    rows.push(
      ...(await selectMessages(inbox)
        .where(and(eq(messages.conversationId, part), later))
        .orderBy(asc(messages.orderedAt), asc(messages.id))
        .limit(limit)),
    );
  }
  return rows
    .sort(({ message: a }, { message: b }) => a.orderedAt - b.orderedAt || a.id - b.id)
    .slice(0, limit);
}
