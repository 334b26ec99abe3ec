import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { messages } from '#src/db/schema/inbox/index.ts';
import { Problem } from '#src/errors.ts';
import type { SentContent } from './compose-content.ts';

type Keyed = { key: string; keyOwner: string };
type Body = {
  conversationId: number;
  text: string;
  quotedId?: number;
  files?: readonly number[];
  as?: string;
  filename?: string;
  content?: SentContent;
};

/** What makes two requests the same one. */
export function hashOf(message: Body): string {
  const { conversationId, text, quotedId, files = [], as = 'files', filename, content } = message;
  const type = content?.kind ?? (files.length === 0 ? 'text' : as);
  const more = content === undefined ? files : [content];
  const named = filename === undefined ? [] : [filename];
  const body = JSON.stringify([conversationId, type, text, quotedId ?? null, ...more, ...named]);
  return new Bun.CryptoHasher('sha256').update(body).digest('hex');
}

/** Whether a message was refused because its key was used for another one: it can go under a new key alone. */
export const isOfUsedKey = (error: unknown): boolean =>
  error instanceof Problem && error.type === 'idempotency-mismatch';

/** The key of each message of one request: `key`, `key.2`, `key.3` … */
export function keysOf(key: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => (index === 0 ? key : `${key}.${index + 1}`));
}

/**
 * The messages that an earlier request with this key made, in their order; none when there was no such request.
 * Another body under it is refused. `most`: how many messages this request can make.
 */
export async function findEarlier(
  { sql: db }: Inbox,
  { key, keyOwner }: Keyed,
  bodyHash: string,
  most: number,
): Promise<number[]> {
  const found = await db
    .select({ id: messages.id, key: messages.idempotencyKey, bodyHash: messages.bodyHash })
    .from(messages)
    .where(and(eq(messages.keyOwner, keyOwner), inArray(messages.idempotencyKey, keysOf(key, most))))
    .orderBy(asc(messages.id));
  const first = found.find((earlier) => earlier.key === key);
  if (first && first.bodyHash !== bodyHash) {
    throw new Problem(
      422,
      'idempotency-mismatch',
      'This key was used for another message.',
      'Send the same message again under the same key, or a new message under a new key.',
    );
  }
  return first ? found.filter((earlier) => earlier.bodyHash === bodyHash).map(({ id }) => id) : [];
}
