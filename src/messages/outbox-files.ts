import { asc, eq, inArray } from 'drizzle-orm';
import type { FileRow } from '#src/attachments/load-files.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { attachments, files } from '#src/db/schema/inbox/index.ts';
import type { SentFile } from './outcome.ts';

/** The files that go with each of these messages, in their order, by message. */
export async function readAllFiles(
  { sql: db }: Inbox,
  messageIds: readonly number[],
): Promise<Map<number, FileRow[]>> {
  const found = await db
    .select({ messageId: attachments.messageId, file: files })
    .from(attachments)
    .innerJoin(files, eq(files.id, attachments.fileId))
    .where(inArray(attachments.messageId, [...messageIds]))
    .orderBy(asc(attachments.messageId), asc(attachments.position));
  const all = new Map<number, FileRow[]>();
  for (const { messageId, file } of found) {
    all.set(messageId, [...(all.get(messageId) ?? []), file]);
  }
  return all;
}

/** These files as a message names them to Meta, as far as they are there. */
export const namedFiles = (files: readonly FileRow[]): SentFile[] =>
  files.flatMap(({ id, mediaId }) => (mediaId === null ? [] : { id, mediaId }));
