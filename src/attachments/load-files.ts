import { asc, eq, inArray } from 'drizzle-orm';
import { built, places } from '#src/db/built.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { filledUp } from '#src/db/lookup.ts';
import { attachments, files } from '#src/db/schema/inbox/index.ts';
import { kindOf } from './kind.ts';
import type { ThreadFile } from './thread-file.ts';

export type Files = Map<number, ThreadFile[]>;
export type FileRow = typeof files.$inferSelect;

/** The files of these messages, in their order, by message. */
export async function loadFiles(inbox: Inbox, messageIds: readonly number[]): Promise<Files> {
  const found: Files = new Map();
  if (messageIds.length === 0) {
    return found;
  }
  const list = filledUp([...messageIds]);
  const statement = built(inbox, `files ${list.length}`, () =>
    inbox.sql
      .select({ messageId: attachments.messageId, file: files })
      .from(attachments)
      .innerJoin(files, eq(files.id, attachments.fileId))
      .where(inArray(attachments.messageId, places(list)))
      .orderBy(asc(attachments.messageId), asc(attachments.position))
      .prepare(),
  );
  for (const { messageId, file } of await statement.all(Object.fromEntries(list.entries()))) {
    found.set(messageId, [...(found.get(messageId) ?? []), toThreadFile(file)]);
  }
  return found;
}

export function toThreadFile(row: FileRow): ThreadFile {
  const { id, state, name, bytes, thumbId, width, height, duration } = row;
  const isStored = state === 'stored';
  return {
    id,
    state,
    name,
    mime: row.sniffed ?? row.mime,
    kind: isStored ? kindOf(row.sniffed) : 'file',
    bytes,
    hasThumbnail: isStored && thumbId !== null,
    size: width === null || height === null ? null : { width, height },
    duration,
    error: readFileError(row.error),
  };
}

/** One damaged row says nothing, and takes nobody with it. */
function readFileError(stored: string | null): ThreadFile['error'] {
  try {
    const value = stored === null ? null : JSON.parse(stored);
    return typeof value?.title === 'string'
      ? { title: value.title, detail: String(value.detail ?? '') }
      : null;
  } catch {
    return null;
  }
}
