import { and, eq, inArray, isNotNull } from 'drizzle-orm';
import { uploaderOf } from '#src/attachments/find-file.ts';
import type { FileRow } from '#src/attachments/load-files.ts';
import { MOST_FILES, type SentKind } from '#src/attachments/send-limits.ts';
import { fitsAs, sentKindOf } from '#src/attachments/upload-kind.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { attachments, files } from '#src/db/schema/inbox/index.ts';
import { Invalid } from '#src/errors.ts';
import type { Viewer } from '#src/people/viewer.ts';

/** A file that may go with a message now, and what it goes as. `isRenamed`: its name is not yet kept. */
export type SendableFile = { row: FileRow; kind: SentKind; isRenamed?: true };

type Wanted = {
  ids: readonly number[];
  as?: SentKind | undefined;
  /** What they are called from then on: a file goes with one message, is shown and found by its name. */
  filename?: string | undefined;
  conversationId: number;
};

/**
 * The files a message is to be sent with, in the order given: the writer's own, put there for this conversation (or,
 * through the API, for none yet), and not sent before. Throws `Invalid({ files })`.
 */
export async function findSendable(inbox: Inbox, wanted: Wanted, viewer: Viewer): Promise<SendableFile[]> {
  const { ids, as, filename: name, conversationId } = wanted;
  if (ids.length === 0) {
    return [];
  } else if (ids.length > MOST_FILES || new Set(ids).size < ids.length) {
    throw new Invalid({ files: `At most ${MOST_FILES} files can be sent at once, each of them once.` });
  }
  const rows = await readOwn(inbox, ids, viewer);
  return ids.map((id) => {
    const found = rows.find(({ row }) => row.id === id);
    if (!found || (found.row.conversationId ?? conversationId) !== conversationId) {
      throw new Invalid({ files: 'A file is no longer there. Attach it again.' });
    } else if (found.isSent) {
      throw new Invalid({ files: 'A file was sent already. Attach it again to send it once more.' });
    }
    const { row } = found;
    const kind = as ?? sentKindOf(row);
    const misfit = fitsAs(row, kind);
    if (misfit !== null) {
      throw new Invalid({ files: misfit });
    }
    return name === undefined ? { row, kind } : { row: { ...row, name }, kind, isRenamed: true };
  });
}

type WantedAt = { id: number; as?: SentKind | undefined; conversationId: number };

/** One file that stands at a place of its own in the message. Throws `Invalid` by that place. */
export async function findSendableAt(
  inbox: Inbox,
  place: string,
  { id, ...wanted }: WantedAt,
  viewer: Viewer,
): Promise<SendableFile[]> {
  try {
    return await findSendable(inbox, { ids: [id], ...wanted }, viewer);
  } catch (error) {
    throw error instanceof Invalid ? new Invalid({ [place]: Object.values(error.fields).join(' ') }) : error;
  }
}

async function readOwn({ sql: db }: Inbox, ids: readonly number[], viewer: Viewer) {
  const isOwn = and(eq(files.uploadedBy, uploaderOf(viewer)), isNotNull(files.path));
  const found = await db
    .select({ row: files, messageId: attachments.messageId })
    .from(files)
    .leftJoin(attachments, eq(attachments.fileId, files.id))
    .where(and(inArray(files.id, [...ids]), eq(files.state, 'stored'), isOwn));
  return found.map(({ row, messageId }) => ({ row, isSent: messageId !== null }));
}
