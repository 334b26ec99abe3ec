import type { Inbox } from '#src/db/inbox.ts';
import { attachments, files } from '#src/db/schema/inbox/index.ts';
import { sniff } from './kind.ts';
import type { Vault } from './vault/vault.ts';

export type TestFile = Partial<typeof files.$inferInsert> & {
  /** What is in it, once it is stored; without it a state has to say why it is not here. */
  plain?: Uint8Array;
  /** Its small picture. */
  thumbnail?: Uint8Array;
  /** Whose file it is. */
  messageId?: number;
};

/** For tests: a file in its rows and, with what is in it, in the vault. Resolves with its id. */
export async function putFile(inbox: Inbox, vault: Vault, file: TestFile): Promise<number> {
  const { plain, thumbnail, messageId, ...columns } = file;
  const id = inbox.nextId();
  const thumbId = thumbnail ? await putFile(inbox, vault, { plain: thumbnail, mime: 'image/webp' }) : null;
  const found = plain ? await store(inbox, vault, id, plain) : {};
  const mime = 'application/octet-stream';
  await inbox.write('full', [
    inbox.sql
      .insert(files)
      .values({ id, mime, state: 'stored', thumbId, thumbTried: true, ...found, ...columns }),
    ...(messageId === undefined
      ? []
      : [inbox.sql.insert(attachments).values({ messageId, position: id, fileId: id })]),
  ]);
  return id;
}

async function store(inbox: Inbox, vault: Vault, id: number, plain: Uint8Array) {
  const { head, tracks: _, ...stored } = await vault.write(inbox, id, once(plain), plain.length);
  const sniffed = await sniff(head);
  return { ...stored, sniffed, mime: sniffed ?? 'application/octet-stream' };
}

export async function* once(...pieces: Uint8Array[]): AsyncGenerator<Uint8Array, void, void> {
  yield* pieces;
}
