import { and, eq, sql } from 'drizzle-orm';
import { built } from '#src/db/built.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { conversations } from '#src/db/schema/inbox/index.ts';
import { NotFound } from '#src/errors.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { survivorOf } from './parts.ts';
import { viewerKey, visible } from './visible.ts';

export type Conversation = typeof conversations.$inferSelect;

/**
 * The conversation this viewer may see, or `NotFound`. One that was merged into another is answered with the
 * other, which reads both: its `id` may differ from the one asked for, and it says who may see it.
 */
export async function findConversation(inbox: Inbox, id: number, viewer: Viewer): Promise<Conversation> {
  const statement = built(inbox, `conversation ${viewerKey(viewer)}`, () =>
    inbox.sql
      .select()
      .from(conversations)
      .where(and(eq(conversations.id, survivorOf(sql.placeholder('id'))), visible(viewer)))
      .limit(1)
      .prepare(),
  );
  const [found] = await statement.all({ id });
  if (!found) {
    throw new NotFound(`conversation ${id}`);
  }
  return found;
}

/** An id written as text, or null when it is none of ours. */
export function parseId(text: string): number | null {
  const id = /^[1-9]\d{0,15}$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(id) ? id : null;
}

/** The id in an address. Throws `NotFound`: an address with anything else leads nowhere. */
export function idFrom(text: string): number {
  const id = parseId(text);
  if (id === null) {
    throw new NotFound('not an id');
  }
  return id;
}
