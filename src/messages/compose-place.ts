import { eq } from 'drizzle-orm';
import type { Conversation } from '#src/conversations/conversation.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { messages } from '#src/db/schema/inbox/index.ts';

/**
 * The moment (`ordered_at`) at which a message that is written now stands in its thread: our clock's, unless that is
 * behind what it follows. It never stands before the customer's newest message, whose moment is Meta's, nor before a
 * message of ours that nobody has answered since.
 */
export async function placeInThread(
  { sql: db }: Inbox,
  { lastInboundAt, lastInboundId, lastMessageId }: Conversation,
  now: number,
): Promise<number> {
  const isOurs = lastMessageId !== null && lastMessageId > (lastInboundId ?? 0);
  const [last] = isOurs
    ? await db
        .select({ at: messages.orderedAt })
        .from(messages)
        .where(eq(messages.id, lastMessageId))
        .limit(1)
    : [];
  return Math.max(now, lastInboundAt ?? 0, last?.at ?? 0);
}
