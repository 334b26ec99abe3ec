import { and, desc, eq, inArray, type Placeholder, type SQL, sql } from 'drizzle-orm';
import { readCursor, writeCursor } from '#src/conversations/cursor.ts';
import { type EventRow, toThreadEvents } from '#src/conversations/events.ts';
import { built, places } from '#src/db/built.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { conversations, events, messages } from '#src/db/schema/inbox/index.ts';
import { shaped } from '#src/db/shaped.ts';
import { type MessageRow, messageFields, selectMessages, toThreadMessages } from './load.ts';
import type { ThreadPage } from './thread-message.ts';

export const THREAD_LIMIT = 40;
/** More events than this between two pages' ends are cut to the newest: nobody reads a thousand assignments. */
const EVENT_LIMIT = 200;

/**
 * The newest messages of a conversation, or those before the cursor `before`, oldest first, with what happened
 * between them. What was merged into the conversation is part of it. Whether the viewer may see it is for
 * `findConversation` to say.
 */
export async function lastPage(
  inbox: Inbox,
  conversationId: number,
  { before, limit = THREAD_LIMIT }: { before?: string | undefined; limit?: number } = {},
): Promise<ThreadPage> {
  const until = before === undefined ? [] : readCursor(before, 2, 'before');
  const parts = await threadParts(inbox, conversationId);
  const rows = await readThread(inbox, parts, until, limit + 1);
  return toPage(inbox, parts, {
    rows: rows.slice(0, limit).reverse(),
    hasEarlier: rows.length > limit,
    nextAt: before === undefined ? null : (until[0] ?? 0),
  });
}

/** Messages that follow each other, oldest first, and what lies beside them. */
type Stretch = {
  rows: readonly MessageRow[];
  hasEarlier: boolean;
  /** When the message after them was said; null when they are the newest. */
  nextAt: number | null;
};

/** A stretch of a thread as its page: with what happened meanwhile, and whether something lies beside it. */
export async function toPage(
  inbox: Inbox,
  parts: readonly number[],
  { rows, hasEarlier, nextAt }: Stretch,
): Promise<ThreadPage> {
  const [oldest] = rows;
  const from = hasEarlier ? oldest?.message.orderedAt : undefined;
  const between = await selectEvents(inbox, parts, from, nextAt ?? undefined);
  const messages = await toThreadMessages(inbox, rows);
  return {
    messages,
    events: toThreadEvents(inbox, between.reverse()),
    before: hasEarlier && oldest ? writeCursor(threadPosition(oldest)) : null,
    hasLater: nextAt !== null,
  };
}

/** The conversation and those merged into it. */
export async function threadParts(inbox: Inbox, conversationId: number): Promise<number[]> {
  const statement = built(inbox, 'thread parts', () =>
    inbox.sql
      .select({ id: conversations.id })
      .from(conversations)
      .where(eq(conversations.mergedIntoId, sql.placeholder('conversationId')))
      .prepare(),
  );
  const merged = await statement.all({ conversationId });
  return [conversationId, ...merged.map(({ id }) => id)];
}

/** The messages of all parts before a position (none: from the newest), newest first. */
export async function readThread(
  inbox: Inbox,
  parts: readonly number[],
  before: readonly number[],
  limit: number,
  besides?: SQL,
): Promise<MessageRow[]> {
  const rows: MessageRow[] = [];
  for (const id of parts) {
    rows.push(
      ...(besides
        ? await selectBefore(inbox, id, before, limit, besides)
        : readBefore(inbox, id, before, limit)),
    );
  }
  return rows.sort(newestFirst).slice(0, limit);
}

/** Every thread that is opened asks for this: the statement is built once. */
function readBefore(
  inbox: Inbox,
  conversationId: number,
  [orderedAt, id]: readonly number[],
  limit: number,
): MessageRow[] {
  const isNewest = orderedAt === undefined;
  const statement = built(inbox, `thread ${isNewest}`, () => {
    const { placeholder } = sql;
    const before = isNewest ? [] : [placeholder('orderedAt'), placeholder('id')];
    const query = selectBefore(inbox, placeholder('conversationId'), before, placeholder('limit'));
    return shaped(inbox, query, messageFields);
  });
  return statement.all({ conversationId, orderedAt, id, limit });
}

function newestFirst({ message: a }: MessageRow, { message: b }: MessageRow): number {
  return b.orderedAt - a.orderedAt || b.id - a.id;
}

/** One part's messages before a position, newest first, through the thread's index. */
export function selectBefore(
  inbox: Inbox,
  conversationId: number | Placeholder,
  [orderedAt, id]: readonly (number | Placeholder)[],
  limit: number | Placeholder,
  besides?: SQL,
) {
  const earlier =
    orderedAt === undefined
      ? undefined
      : sql`(${messages.orderedAt}, ${messages.id}) < (${orderedAt}, ${id})`;
  return selectMessages(inbox)
    .where(and(eq(messages.conversationId, conversationId), earlier, besides))
    .orderBy(desc(messages.orderedAt), desc(messages.id))
    .limit(limit);
}

/** Where a message stands in its thread: the values its cursor is made of. */
export function threadPosition({ message }: MessageRow): [number, number] {
  return [message.orderedAt, message.id];
}

/** The events from the page's oldest message on, before the page that follows; the first page takes all there were. */
function selectEvents(
  inbox: Inbox,
  parts: readonly number[],
  from: number | undefined,
  until: number | undefined,
): Promise<EventRow[]> {
  const name = `events ${parts.length} ${from !== undefined} ${until !== undefined}`;
  const statement = built(inbox, name, () => {
    const { placeholder } = sql;
    const earliest = from === undefined ? undefined : sql`${events.at} >= ${placeholder('from')}`;
    const latest = until === undefined ? undefined : sql`${events.at} < ${placeholder('until')}`;
    return inbox.sql
      .select()
      .from(events)
      .where(and(inArray(events.conversationId, places(parts)), earliest, latest))
      .orderBy(desc(events.at), desc(events.id))
      .limit(EVENT_LIMIT)
      .prepare();
  });
  return statement.all({ ...Object.fromEntries(parts.entries()), from, until });
}
