import { and, eq } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { attachments, files, messages } from '#src/db/schema/inbox/index.ts';
import { DamagedFile, MissingFile, StorageFull, StorageUnavailable } from '#src/errors.ts';
import type { LiveChange } from '#src/live/change.ts';
import type { Services } from '#src/services.ts';
import { kindOf } from './kind.ts';
import type { FileRow } from './load-files.ts';
import { limits, thumbnail } from './thumbnail/limits.ts';
import type { Made } from './thumbnail/made.ts';

export type ThumbnailParts = Pick<Services, 'live' | 'log' | 'thumbnails' | 'vault'>;

/** `none`: it is no picture, or one that cannot be read. `later`: no picture can be read or kept now. */
export type ThumbnailResult = 'made' | 'none' | 'later';

const MIME = 'image/webp';
const underWay = new WeakMap<Inbox, Map<number, Promise<ThumbnailResult>>>();

/**
 * Makes the thumbnail of a stored picture and keeps it in the vault as a file of its own; then the message is shown
 * anew. Done once for each file: nothing happens when it was tried before, and who asks meanwhile waits for the same.
 */
export async function makeThumbnail(
  parts: ThumbnailParts,
  inbox: Inbox,
  fileId: number,
): Promise<ThumbnailResult> {
  const pictures = underWay.get(inbox) ?? new Map<number, Promise<ThumbnailResult>>();
  underWay.set(inbox, pictures);
  const making = pictures.get(fileId) ?? make(parts, inbox, fileId).finally(() => pictures.delete(fileId));
  pictures.set(fileId, making);
  return making;
}

/** The pictures that were stored and have not been looked at yet, the oldest first. */
export async function picturesToLookAt({ sql: db }: Inbox, limit: number): Promise<number[]> {
  const rows = await db.select({ id: files.id }).from(files).where(isToLookAt).orderBy(files.id).limit(limit);
  return rows.map(({ id }) => id);
}

const isToLookAt = and(eq(files.state, 'stored'), eq(files.thumbTried, false));

async function make(parts: ThumbnailParts, inbox: Inbox, fileId: number): Promise<ThumbnailResult> {
  const [file] = await inbox.sql
    .select()
    .from(files)
    .where(and(eq(files.id, fileId), isToLookAt))
    .limit(1);
  if (!file) {
    return 'none';
  }
  const shrunk = await shrink(parts, inbox, file);
  if (shrunk === 'later') {
    return 'later';
  } else if (shrunk === null) {
    await inbox.write('normal', [tried(inbox, fileId, {})]);
    return 'none';
  }
  return keep(parts, inbox, fileId, shrunk);
}

/** Null when there is no picture in it that can be read. */
async function shrink(
  { log, thumbnails, vault }: ThumbnailParts,
  inbox: Inbox,
  file: FileRow,
): Promise<Made | null | 'later'> {
  const { id, path, wrappedKey, bytes } = file;
  const isReadable = kindOf(file.sniffed) === 'image' && bytes !== null && bytes <= limits.pictureBytes;
  if (!isReadable || path === null || wrappedKey === null) {
    return null;
  }
  try {
    const load = async () =>
      Buffer.concat(await Array.fromAsync(vault.read(inbox, { id, path, wrappedKey, bytes })));
    const made = await thumbnails.make(load);
    if (made.kind === 'refused') {
      log.debug({ account: inbox.accountId, file: id, why: made.why }, 'a picture has no thumbnail');
    }
    return made.kind === 'off' ? 'later' : made.kind === 'made' ? made : null;
  } catch (error) {
    if (error instanceof DamagedFile || error instanceof MissingFile) {
      log.error({ account: inbox.accountId, file: id, err: error }, 'a kept picture cannot be read');
      return null;
    }
    return notNow(log, error);
  }
}

async function keep(
  { live, log, vault }: ThumbnailParts,
  inbox: Inbox,
  fileId: number,
  { webp, width, height }: Made,
): Promise<ThumbnailResult> {
  const thumbId = inbox.nextId();
  try {
    const { path, wrappedKey, sha256, bytes } = await vault.write(
      inbox,
      thumbId,
      once(webp),
      thumbnail.bytes,
    );
    const row = {
      id: thumbId,
      mime: MIME,
      sniffed: MIME,
      state: 'stored' as const,
      thumbTried: true,
      ...{ path, wrappedKey, sha256, bytes },
    };
    const changes = await inbox
      .turn(async (commit) => {
        const [file] = await inbox.sql
          .select({ id: files.id })
          .from(files)
          .where(and(eq(files.id, fileId), isToLookAt));
        // Erased meanwhile: then nothing of it is kept either.
        if (!file) {
          return null;
        }
        await commit('normal', [
          inbox.sql.insert(files).values(row),
          tried(inbox, fileId, { thumbId, width, height }),
        ]);
        return messagesWith(inbox, fileId);
      })
      .catch(async (error) => {
        await vault.remove(inbox, path);
        throw error;
      });
    if (changes === null) {
      await vault.remove(inbox, path);
      return 'none';
    }
    await live.publish(inbox, changes);
    return 'made';
  } catch (error) {
    return notNow(log, error);
  }
}

/** Where files are kept has no room, or does not answer: the next picture would fare no better. Anything else is thrown. */
function notNow(log: Services['log'], error: unknown): 'later' {
  if (error instanceof StorageFull || error instanceof StorageUnavailable) {
    log.warn({ err: error }, 'pictures get no thumbnails until files can be kept and read again');
    return 'later';
  }
  throw error;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function tried({ sql: db }: Inbox, fileId: number, found: Partial<FileRow>) {
  return db
    .update(files)
    .set({ ...found, thumbTried: true })
    .where(eq(files.id, fileId));
}

/** The messages that show a file. */
export async function messagesWith({ sql: db }: Inbox, fileId: number): Promise<LiveChange[]> {
  const rows = await db
    .select({ id: messages.id, conversationId: messages.conversationId })
    .from(attachments)
    .innerJoin(messages, eq(messages.id, attachments.messageId))
    .where(eq(attachments.fileId, fileId));
  return rows.map(({ id, conversationId }) => ({ conversationId, messages: [id] }));
}
