import { count, desc, eq, inArray } from 'drizzle-orm';
import { loadFiles } from '#src/attachments/load-files.ts';
import { findConversation } from '#src/conversations/conversation.ts';
import { seesPhones } from '#src/conversations/masking.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { messages, messageVersions } from '#src/db/schema/inbox/index.ts';
import { NotFound } from '#src/errors.ts';
import { demand } from '#src/people/permission.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { loadMessages } from './load.ts';
import { maskedMessage, maskedSaying } from './masked-message.ts';
import { readContent } from './stored-content.ts';
import type { MessageContent, ThreadMessage } from './thread-message.ts';

export type MessageVersion = { at: number; text: string; content: MessageContent; isOriginal: boolean };

/** `message` with its files, also when it was deleted; its versions are the newest first. */
export type VersionedMessage = { message: ThreadMessage; versions: MessageVersion[] };

/**
 * What a message said before it was changed. Of one that its sender deleted only who may read the audit trail learns
 * what it said. Throws `NotFound` for one that was never changed or is not the viewer's to see, and `Forbidden`.
 */
export async function findVersions(
  inbox: Inbox,
  messageId: number,
  viewer: Viewer,
): Promise<VersionedMessage> {
  const [row] = await inbox.sql
    .select({ conversationId: messages.conversationId, revokedAt: messages.revokedAt })
    .from(messages)
    .where(eq(messages.id, messageId))
    .limit(1);
  if (!row) {
    throw new NotFound(`message ${messageId}`);
  }
  const conversation = await findConversation(inbox, row.conversationId, viewer);
  if (row.revokedAt !== null) {
    demand(viewer, 'audit.read');
  }
  const [message] = await loadMessages(inbox, [messageId]);
  const versions = await loadVersions(inbox, messageId);
  if (!message || versions.length === 0) {
    throw new NotFound(`versions of message ${messageId}`);
  }
  const files = (await loadFiles(inbox, [messageId])).get(messageId) ?? [];
  const found = { message: { ...message, conversationId: conversation.id, files }, versions };
  return seesPhones(viewer)
    ? found
    : { message: maskedMessage(found.message), versions: versions.map(maskedSaying) };
}

/** How many times each of these messages said something, the first time included; none of those never changed. */
export async function countVersions(
  { sql: db }: Inbox,
  messageIds: readonly number[],
): Promise<Map<number, number>> {
  const { messageId } = messageVersions;
  const rows =
    messageIds.length === 0
      ? []
      : await db
          .select({ messageId, versions: count() })
          .from(messageVersions)
          .where(inArray(messageId, [...messageIds]))
          .groupBy(messageId);
  return new Map(rows.map((row) => [row.messageId, row.versions]));
}

async function loadVersions({ sql: db }: Inbox, messageId: number): Promise<MessageVersion[]> {
  const rows = await db
    .select({ version: messageVersions, type: messages.type })
    .from(messageVersions)
    .innerJoin(messages, eq(messages.id, messageVersions.messageId))
    .where(eq(messageVersions.messageId, messageId))
    .orderBy(desc(messageVersions.at), desc(messageVersions.wamid));
  const original = rows.find(({ version }) => version.wamid === '');
  const { content } = readContent(original?.version.content ?? '', original?.type ?? '');
  return rows.map(({ version: { at, text, wamid } }) => ({ at, text, content, isOriginal: wamid === '' }));
}
