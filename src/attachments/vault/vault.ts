import { randomBytes } from 'node:crypto';
import type { FileRow } from '#src/attachments/load-files.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { DamagedFile, MissingFile } from '#src/errors.ts';
import { newFileKey } from './chunk.ts';
import { type Measured, measuring } from './measuring.ts';
import { opened, type Range } from './opening.ts';
import { sealed } from './sealing.ts';
import type { Store } from './store.ts';
import { sweep } from './sweep.ts';

/** What belongs into the file's row: without it the file can never be read again. */
export type Stored = Measured & { path: string; wrappedKey: Uint8Array };

/** What of a row it takes to read its file. */
export type Kept = Pick<FileRow, 'id'> & { path: string; wrappedKey: Uint8Array; bytes: number };

/** The files of all accounts, each encrypted under a key of its own; that key is wrapped by its account's media key. */
export type Vault = {
  /**
   * Durable when it resolves; leaves nothing behind when it throws: `FileTooLarge` beyond `most` bytes, `StorageFull`,
   * or what `plain` throws. Whoever then cannot write the row removes it again; what a crash leaves is swept.
   */
  write(inbox: Inbox, fileId: number, plain: AsyncIterable<Uint8Array>, most: number): Promise<Stored>;
  /**
   * The plain bytes from `start` to `end` inclusive, or all. Throws `MissingFile`, or `DamagedFile` in place of the
   * first chunk (64 KiB) that is not as it was written, while it is being read.
   */
  read(inbox: Inbox, file: Kept, range?: Range): AsyncGenerator<Uint8Array, void, void>;
  /** Nothing happens when it is not there. */
  remove(inbox: Inbox, path: string): Promise<void>;
  /** Removes what no row of `files` names and is older than a day. Returns how many; `signal` ends it early. */
  sweep(inbox: Inbox, now: number, signal?: AbortSignal): Promise<number>;
  /** Removes every file of an account that is being erased. */
  removeAccount(accountId: number): Promise<void>;
};

export function createVault(store: Store): Vault {
  return {
    async write(inbox, fileId, plain, most) {
      const fileKey = newFileKey();
      const path = newPath();
      const measured = measuring(plain, most);
      await store.put(inbox.accountId, path, sealed(fileKey, fileId, measured.plain));
      return { path, wrappedKey: inbox.keys.wrap(fileKey, purposeOf(fileId)), ...measured.taken() };
    },
    async *read({ accountId, keys }, { id: fileId, path, wrappedKey, bytes }, range) {
      if (range && !(0 <= range.start && range.start <= range.end && range.end < bytes)) {
        throw new RangeError(`file ${fileId} has no bytes ${range.start}-${range.end}`);
      }
      mustBeOurs(path);
      const fileKey = unwrapped(() => keys.unwrap(wrappedKey, purposeOf(fileId)), fileId);
      const read = (from: number, to: number) => store.read(accountId, path, from, to);
      yield* opened(fileKey, { fileId, bytes, read }, range);
    },
    async remove({ accountId }, path) {
      mustBeOurs(path);
      await store.remove(accountId, path);
    },
    sweep: (inbox, now, signal) => sweep(store, inbox, now, signal),
    removeAccount: (accountId) => store.removeAccount(accountId),
  };
}

/** Random, so that a folder's listing says nothing but sizes; the first letters spread files over 256 folders. */
function newPath(): string {
  const name = randomBytes(16).toString('hex');
  return `${name.slice(0, 2)}/${name.slice(2)}`;
}

/** A path that was not made here leads nowhere. */
function mustBeOurs(path: string): void {
  if (!/^[0-9a-f]{2}\/[0-9a-f]{30}$/.test(path)) {
    throw new MissingFile('a path that is none of the vault');
  }
}

const purposeOf = (fileId: number) => `files.wrapped_key:${fileId}`;

function unwrapped(unwrap: () => Uint8Array, fileId: number): Uint8Array {
  try {
    return unwrap();
  } catch (cause) {
    throw new DamagedFile(`the key of file ${fileId} cannot be opened`, { cause });
  }
}
