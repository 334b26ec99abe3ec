import { and, eq } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { messages } from '#src/db/schema/inbox/index.ts';
import { Problem } from '#src/errors.ts';

type Keyed = { key: string; keyOwner: string };
type Body = { conversationId: number; text: string; quotedId?: number };

/** What makes two requests the same one. */
export function hashOf({ conversationId, text, quotedId }: Body): string {
  const body = JSON.stringify([conversationId, 'text', text, quotedId ?? null]);
  return new Bun.CryptoHasher('sha256').update(body).digest('hex');
}

/** The message an earlier request with this key made, or null. Another body under it is refused. */
export async function findEarlier(
  { sql: db }: Inbox,
  { key, keyOwner }: Keyed,
  bodyHash: string,
): Promise<number | null> {
  const [earlier] = await db
    .select({ messageId: messages.id, bodyHash: messages.bodyHash })
    .from(messages)
    .where(and(eq(messages.keyOwner, keyOwner), eq(messages.idempotencyKey, key)))
    .limit(1);
  if (!earlier) {
    return null;
  } else if (earlier.bodyHash !== bodyHash) {
    throw new Problem(
      422,
      'idempotency-mismatch',
      'This key was used for another message.',
      'Send the same message again under the same key, or a new message under a new key.',
    );
  } else {
    return earlier.messageId;
  }
}
