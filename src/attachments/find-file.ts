import { and, eq, isNull } from 'drizzle-orm';
import { survivorOf } from '#src/conversations/parts.ts';
import { visible } from '#src/conversations/visible.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { attachments, conversations, files, messages } from '#src/db/schema/inbox/index.ts';
import { NotFound } from '#src/errors.ts';
import type { Viewer } from '#src/people/viewer.ts';
import type { FileRow } from './load-files.ts';

/**
 * A file of a conversation that the viewer may see, or one they put there themselves; of a message that its sender
 * deleted only for who may read the audit trail. Throws `NotFound`.
 */
export async function findFile({ sql }: Inbox, fileId: number, viewer: Viewer): Promise<FileRow> {
  const [found] = await sql
    .select({ file: files })
    .from(attachments)
    .innerJoin(files, eq(files.id, attachments.fileId))
    .innerJoin(messages, eq(messages.id, attachments.messageId))
    .innerJoin(conversations, eq(conversations.id, survivorOf(messages.conversationId)))
    .where(and(eq(attachments.fileId, fileId), visible(viewer), isShown(viewer)))
    .limit(1);
  const [own] = found
    ? [found]
    : await sql
        .select({ file: files })
        .from(files)
        .where(and(eq(files.id, fileId), eq(files.uploadedBy, uploaderOf(viewer))))
        .limit(1);
  if (!own) {
    throw new NotFound(`file ${fileId}`);
  }
  return own.file;
}

function isShown(viewer: Viewer) {
  return viewer.permissions.has('audit.read') ? undefined : isNull(messages.revokedAt);
}

/** Whose files those are that nobody has sent yet: the same as whose idempotency keys. */
export function uploaderOf(viewer: Viewer): string {
  return viewer.kind === 'person' ? `person:${viewer.userId}` : `key:${viewer.keyId}`;
}
