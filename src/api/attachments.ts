import { and, asc, eq, inArray } from 'drizzle-orm';
import { visible } from '#src/conversations/visible.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { attachments, conversations, files, messages } from '#src/db/schema/inbox/index.ts';
import { NotFound } from '#src/errors.ts';
import type { Viewer } from '#src/people/viewer.ts';

export type Attachment = { id: number; mime: string; bytes: number | null; isStored: boolean };

/** The files of these messages, in their order, by message. */
export async function loadAttachments(
  { sql }: Inbox,
  messageIds: readonly number[],
): Promise<Map<number, Attachment[]>> {
  const found = new Map<number, Attachment[]>();
  if (messageIds.length === 0) {
    return found;
  }
  const rows = await sql
    .select({ messageId: attachments.messageId, file: files })
    .from(attachments)
    .innerJoin(files, eq(files.id, attachments.fileId))
    .where(inArray(attachments.messageId, [...messageIds]))
    .orderBy(asc(attachments.messageId), asc(attachments.position));
  for (const { messageId, file } of rows) {
    found.set(messageId, [...(found.get(messageId) ?? []), attachmentOf(file)]);
  }
  return found;
}

/** One file of a conversation that the viewer may see, or `NotFound`. */
export async function findAttachment({ sql }: Inbox, fileId: number, viewer: Viewer): Promise<Attachment> {
  const [found] = await sql
    .select({ file: files })
    .from(attachments)
    .innerJoin(files, eq(files.id, attachments.fileId))
    .innerJoin(messages, eq(messages.id, attachments.messageId))
    .innerJoin(conversations, eq(conversations.id, messages.conversationId))
    .where(and(eq(attachments.fileId, fileId), visible(viewer)))
    .limit(1);
  if (!found) {
    throw new NotFound(`file ${fileId}`);
  }
  return attachmentOf(found.file);
}

function attachmentOf({ id, mime, sniffed, bytes, state }: typeof files.$inferSelect): Attachment {
  return { id, mime: sniffed ?? mime, bytes, isStored: state === 'stored' };
}
