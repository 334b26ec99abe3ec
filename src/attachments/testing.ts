import type { Inbox } from '#src/db/inbox.ts';
import { attachments, files } from '#src/db/schema/inbox/index.ts';
import { sniff } from './kind.ts';
import type { FileRow } from './load-files.ts';
import type { Vault } from './vault/vault.ts';

type Kept = Partial<Omit<typeof files.$inferInsert, 'bytes'>> & {
  bytes: Uint8Array;
  /** Its small picture. */
  thumbnail?: Uint8Array;
  /** Whose file it is. */
  messageId?: number;
};

/** For tests: a file that has been fetched, in the vault and in its rows. Resolves with its id. */
export async function keepFile(inbox: Inbox, vault: Vault, file: Kept): Promise<number> {
  const { bytes, thumbnail, messageId, ...columns } = file;
  const id = inbox.nextId();
  const thumbId =
    thumbnail === undefined
      ? null
      : await keepFile(inbox, vault, { bytes: thumbnail, mime: 'image/webp', thumbTried: true });
  const { head, ...stored } = await vault.write(inbox, id, once(bytes), bytes.length);
  const sniffed = await sniff(head);
  const row = { mime: sniffed ?? 'application/octet-stream', sniffed, thumbId, thumbTried: true, ...columns };
  await inbox.write('full', [
    inbox.sql.insert(files).values({ id, state: 'stored', ...row, ...stored }),
    ...(messageId === undefined
      ? []
      : [inbox.sql.insert(attachments).values({ messageId, position: id, fileId: id })]),
  ]);
  return id;
}

/** For tests: a file that is not here, in any state but `stored`. */
export async function expectFile(
  inbox: Inbox,
  messageId: number,
  file: Partial<FileRow> & Pick<FileRow, 'state' | 'mime'>,
): Promise<number> {
  const id = inbox.nextId();
  await inbox.write('full', [
    inbox.sql.insert(files).values({ id, ...file }),
    inbox.sql.insert(attachments).values({ messageId, position: id, fileId: id }),
  ]);
  return id;
}

export async function* once(...pieces: Uint8Array[]): AsyncGenerator<Uint8Array, void, void> {
  yield* pieces;
}
