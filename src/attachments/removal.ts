import { and, eq, inArray, isNotNull, lt, min, sql } from 'drizzle-orm';
import type { Statement } from '#src/db/database.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { attachments, drafts, files } from '#src/db/schema/inbox/index.ts';
import { NotFound, Problem } from '#src/errors.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { uploaderOf } from './find-file.ts';
import type { FileRow } from './load-files.ts';
import { letGo } from './vault/letting-go.ts';
import type { Vault } from './vault/vault.ts';

/** How long a file waits to be sent. */
export const UNSENT_KEPT_MS = 7 * 24 * 60 * 60 * 1000;
const AT_ONCE = 100;

/** Takes back a file that its sender has not sent yet. Throws `NotFound`, and `Problem` 409 for one that was sent. */
export async function removeFile(
  vault: Pick<Vault, 'remove'>,
  inbox: Inbox,
  fileId: number,
  viewer: Viewer,
): Promise<FileRow> {
  const rows = await inbox.turn(async (commit) => {
    const [found] = await inbox.sql
      .select({ row: files, messageId: attachments.messageId })
      .from(files)
      .leftJoin(attachments, eq(attachments.fileId, files.id))
      .where(and(eq(files.id, fileId), eq(files.uploadedBy, uploaderOf(viewer))))
      .limit(1);
    if (!found) {
      throw new NotFound(`file ${fileId}`);
    } else if (found.messageId !== null) {
      throw new Problem(
        409,
        'file-sent',
        'This file was sent already.',
        'It belongs to its message now and cannot be taken out of it.',
      );
    }
    const rows = await withThumbnails(inbox, [found.row] as const);
    await commit('full', deletion(inbox, rows));
    return rows;
  });
  await removeBytes(vault, inbox, rows);
  return rows[0];
}

/**
 * Lets go of files that were put there and not sent within a week. What a draft still holds is looked at again a week
 * later.
 */
export async function removeUnsent(vault: Pick<Vault, 'remove'>, inbox: Inbox, now: number): Promise<void> {
  for (let isMore = true; isMore; ) {
    const { removed, count } = await inbox.turn(async (commit) => {
      const old = await findOld(inbox, now - UNSENT_KEPT_MS);
      const inDrafts = await heldByDrafts(inbox);
      const held = old.flatMap(({ id }) => (inDrafts.has(id) ? [id] : []));
      const unsent = old.filter(({ id }) => !inDrafts.has(id));
      const removed = await withThumbnails(inbox, unsent);
      if (old.length > 0) {
        const again = inbox.sql.update(files).set({ uploadedAt: now }).where(inArray(files.id, held));
        await commit('normal', [...deletion(inbox, removed), again]);
      }
      return { removed, count: old.length };
    });
    await removeBytes(vault, inbox, removed);
    isMore = count === AT_ONCE;
  }
}

/** When the next one has waited long enough; null when none waits. */
export async function nextUnsent({ sql: db }: Inbox): Promise<number | null> {
  const [first] = await db
    .select({ at: min(files.uploadedAt) })
    .from(files)
    .where(isNotNull(files.uploadedAt));
  return first?.at == null ? null : first.at + UNSENT_KEPT_MS + 1;
}

function findOld({ sql: db }: Inbox, before: number): Promise<FileRow[]> {
  return db
    .select()
    .from(files)
    .where(and(isNotNull(files.uploadedAt), lt(files.uploadedAt, before)))
    .orderBy(files.uploadedAt)
    .limit(AT_ONCE);
}

async function heldByDrafts({ sql: db }: Inbox): Promise<ReadonlySet<number>> {
  const holding = await db.select({ fileIds: drafts.fileIds }).from(drafts).where(sql`file_ids <> ''`);
  return new Set(holding.flatMap(({ fileIds }) => fileIds.split(' ').map(Number)));
}

/** The files first, in their order. */
async function withThumbnails<T extends readonly FileRow[]>(
  { sql: db }: Inbox,
  rows: T,
): Promise<readonly [...T, ...FileRow[]]> {
  const ids = rows.flatMap(({ thumbId }) => thumbId ?? []);
  const thumbnails = ids.length === 0 ? [] : await db.select().from(files).where(inArray(files.id, ids));
  return [...rows, ...thumbnails];
}

function deletion({ sql: db }: Inbox, rows: readonly FileRow[]): Statement[] {
  const ids = rows.map(({ id }) => id);
  return [db.delete(files).where(inArray(files.id, ids))];
}

/** After the rows: what a crash leaves here nobody can read, and it is swept. */
async function removeBytes(
  vault: Pick<Vault, 'remove'>,
  inbox: Inbox,
  rows: readonly FileRow[],
): Promise<void> {
  for (const { path } of rows) {
    if (path !== null) {
      await letGo(vault, inbox, path);
    }
  }
}
