import { eq } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { files } from '#src/db/schema/inbox/index.ts';
import { FileTooLarge, Problem } from '#src/errors.ts';
import type { Viewer } from '#src/people/viewer.ts';
import type { Services } from '#src/services.ts';
import { uploaderOf } from './find-file.ts';
import { HEAD_BYTES, kindOf, sniff } from './kind.ts';
import type { FileRow } from './load-files.ts';
import { makeThumbnail, type ThumbnailParts } from './make-thumbnail.ts';
import { LARGEST_PICTURE, tooLargeSentence } from './send-limits.ts';
import { peek } from './upload-body.ts';
import { asPlayed } from './upload-codecs.ts';
import { decideKind, type UploadKind } from './upload-kind.ts';
import { cleanName, pictureName } from './upload-name.ts';
import { encodePicture } from './upload-picture.ts';
import { letGo } from './vault/letting-go.ts';

/** A file on its way in, to be sent later. */
export type Upload = {
  /** Where it may be sent; null: anywhere, by the same key. */
  conversationId: number | null;
  /** As the sender calls it. */
  name: string;
  /** Its length as announced, or null. */
  declared: number | null;
  isVoice: boolean;
  mayBeSticker: boolean;
  body: AsyncIterator<Uint8Array>;
};

export type UploadParts = ThumbnailParts & Pick<Services, 'now'>;

/**
 * Keeps a file that is to be sent: in the vault and as a row, both durable when this resolves; when it throws nothing
 * of it is left. Pictures are encoded anew first, so that what lies here is what the customer gets. Throws `Problem`
 * 413, 415, 422 with the sentence for the sender, and what `body` throws.
 */
export async function takeFile(
  parts: UploadParts,
  inbox: Inbox,
  upload: Upload,
  viewer: Viewer,
): Promise<FileRow> {
  try {
    const row = await take(parts, inbox, upload, viewer);
    return kindOf(row.sniffed) === 'image' ? await withThumbnail(parts, inbox, row) : row;
  } finally {
    await upload.body.return?.();
  }
}

/** One that cannot be made now is made later. */
async function withThumbnail(parts: UploadParts, inbox: Inbox, row: FileRow): Promise<FileRow> {
  await makeThumbnail(parts, inbox, row.id).catch((error) =>
    parts.log.error({ account: inbox.accountId, file: row.id, err: error }, 'a thumbnail could not be made'),
  );
  const [found] = await inbox.sql.select().from(files).where(eq(files.id, row.id)).limit(1);
  return found ?? row;
}

async function take(parts: UploadParts, inbox: Inbox, upload: Upload, viewer: Viewer): Promise<FileRow> {
  const { vault, now } = parts;
  const { head, whole } = await peek(upload.body, HEAD_BYTES);
  if (head.length === 0) {
    throw new Problem(422, 'file-empty', 'This file is empty.', 'Choose another one.');
  }
  const name = cleanName(upload.name);
  const kind = await decideKind({ ...upload, head, name });
  if (upload.declared !== null && upload.declared > kind.most) {
    throw tooLarge(kind, upload.declared);
  }
  const id = inbox.nextId();
  try {
    const { plain, ...known } = kind.isPicture
      ? await picture(await encodePicture(parts, inbox, { id, plain: whole }), name)
      : named(kind, whole, name);
    const { head: _, tracks, ...stored } = await vault.write(inbox, id, plain, kind.most);
    try {
      const row = {
        id,
        ...asPlayed(known, tracks),
        ...stored,
        state: 'stored' as const,
        conversationId: upload.conversationId,
        uploadedBy: uploaderOf(viewer),
        uploadedAt: now(),
      };
      await inbox.write('full', [inbox.sql.insert(files).values(row)]);
      return { ...NOTHING_ELSE, ...row };
    } catch (error) {
      await letGo(vault, inbox, stored.path);
      throw error;
    }
  } catch (error) {
    throw error instanceof FileTooLarge ? tooLarge(kind, null) : error;
  }
}

type Content = Pick<FileRow, 'name' | 'mime' | 'sniffed'> & { plain: AsyncIterable<Uint8Array> };

function named({ mime, sniffed }: UploadKind, plain: AsyncIterable<Uint8Array>, name: string): Content {
  return { name, mime, sniffed, plain };
}

async function picture(made: Uint8Array, name: string): Promise<Content> {
  const mime = (await sniff(made)) ?? 'image/jpeg';
  return { name: pictureName(name, mime), mime, sniffed: mime, plain: once(made) };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function tooLarge({ kind, isPicture, most }: UploadKind, bytes: number | null): Problem {
  const sentence = isPicture
    ? `Only pictures of up to ${LARGEST_PICTURE / 1024 / 1024} MB can be made small enough for WhatsApp. Make it smaller, or send a link to it.`
    : tooLargeSentence(kind, most, bytes);
  return new Problem(413, 'file-too-large', 'This file is too large.', sentence);
}

/** What the row of a file that was just put there does not have yet. */
const NOTHING_ELSE = {
  mediaId: null,
  mediaExpiresAt: null,
  tries: 0,
  nextAt: null,
  error: null,
  thumbId: null,
  thumbTried: false,
  width: null,
  height: null,
  duration: null,
} as const;
