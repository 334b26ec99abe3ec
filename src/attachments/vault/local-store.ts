import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { accountFolder } from '#src/db/inbox.ts';
import { MissingFile, StorageFull } from '#src/errors.ts';
import { readDiskSpace } from '#src/ops/machine.ts';
import type { Store } from './store.ts';

const READ_BYTES = 64 * 1024;
const MEGABYTE = 1024 * 1024;
/** Files leave so much of the disk, or of a small one this share, so that what is written goes on being kept. */
const SPARE = { bytes: 512 * MEGABYTE, share: 0.05 };
/** After so many bytes of a file it is looked at again. */
const LOOK_BYTES = MEGABYTE;

/** Files in `accounts/<id>/media`, spread over 256 folders by the first letters of their random names. */
export function createLocalStore(dataFolder: string): Store {
  const folderOf = (accountId: number) => join(accountFolder(dataFolder, accountId), 'media');
  const fileOf = (accountId: number, path: string) => join(folderOf(accountId), path);

  return {
    async put(accountId, path, sealed) {
      const file = fileOf(accountId, path);
      const temporary = `${file}.new`;
      try {
        await makeFolders(folderOf(accountId), dirname(file));
        await writeAll(temporary, sealed);
        await rename(temporary, file);
        await syncFolder(dirname(file));
      } catch (error) {
        await rm(temporary, { force: true });
        await rm(file, { force: true });
        throw hasCode(error, 'ENOSPC', 'EDQUOT')
          ? new StorageFull('the disk is full', { cause: error })
          : error;
      }
    },

    async *read(accountId, path, from, to) {
      const file = await openToRead(fileOf(accountId, path));
      try {
        for (let at = from; at < to; ) {
          const buffer = Buffer.allocUnsafe(Math.min(READ_BYTES, to - at));
          const { bytesRead } = await file.read(buffer, 0, buffer.length, at);
          if (bytesRead === 0) {
            return;
          }
          yield buffer.subarray(0, bytesRead);
          at += bytesRead;
        }
      } finally {
        await file.close();
      }
    },

    async remove(accountId, path) {
      const file = fileOf(accountId, path);
      try {
        await rm(file);
        await syncFolder(dirname(file));
      } catch (error) {
        if (!hasCode(error, 'ENOENT')) {
          throw error;
        }
      }
    },

    async *list(accountId) {
      const folder = folderOf(accountId);
      for (const part of await namesIn(folder)) {
        for (const name of await namesIn(join(folder, part))) {
          yield `${part}/${name}`;
        }
      }
    },

    async changedAt(accountId, path) {
      try {
        return (await stat(fileOf(accountId, path))).mtimeMs;
      } catch (error) {
        if (hasCode(error, 'ENOENT')) {
          return null;
        }
        throw error;
      }
    },

    removeAccount: (accountId) => rm(folderOf(accountId), { recursive: true, force: true }),
  };
}

async function writeAll(path: string, sealed: AsyncIterable<Uint8Array>): Promise<void> {
  await leaveRoom(dirname(path));
  const file = await open(path, 'wx', 0o600);
  let unseen = 0;
  try {
    for await (const bytes of sealed) {
      await writeWhole(file, bytes);
      unseen += bytes.length;
      if (unseen >= LOOK_BYTES) {
        await leaveRoom(dirname(path));
        unseen = 0;
      }
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

async function leaveRoom(folder: string): Promise<void> {
  const { free, total } = await readDiskSpace(folder);
  if (free < Math.min(SPARE.bytes, total * SPARE.share)) {
    throw new StorageFull('the disk has no room for files');
  }
}

/** One write may take less than it was given. */
async function writeWhole(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let written = 0; written < bytes.length; ) {
    written += (await file.write(bytes, written)).bytesWritten;
  }
}

/** Each within the one before it; a new one's name is made durable. */
async function makeFolders(...folders: string[]): Promise<void> {
  for (const folder of folders) {
    if ((await mkdir(folder, { recursive: true, mode: 0o700 })) !== undefined) {
      await syncFolder(dirname(folder));
    }
  }
}

async function openToRead(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (error) {
    throw hasCode(error, 'ENOENT') ? new MissingFile(`${path} is not there`, { cause: error }) : error;
  }
}

/** A new name in a folder survives a power cut only after the folder itself was fsynced. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) {
      return [];
    }
    throw error;
  }
}

const hasCode = (error: unknown, ...codes: string[]) =>
  error instanceof Error && 'code' in error && codes.includes(String(error.code));
