import { and, asc, eq, inArray, notExists, sql } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { attachments, files } from '#src/db/schema/inbox/index.ts';
import type { FileRow } from './load-files.ts';

type Unsent = { ids: readonly number[]; uploadedBy: string; conversationId: number };

/** Which of these files somebody has put there for this conversation and not sent yet, in the order given. */
export async function findUnsent(
  { sql: db }: Inbox,
  { ids, uploadedBy, conversationId }: Unsent,
): Promise<FileRow[]> {
  if (ids.length === 0) {
    return [];
  }
  const found = await db
    .select()
    .from(files)
    .where(
      and(
        inArray(files.id, [...ids]),
        eq(files.uploadedBy, uploadedBy),
        eq(files.conversationId, conversationId),
        eq(files.state, 'stored'),
        notExists(db.select({ one: sql`1` }).from(attachments).where(eq(attachments.fileId, files.id))),
      ),
    )
    .orderBy(asc(files.id));
  return ids.flatMap((id) => found.find((row) => row.id === id) ?? []);
}
