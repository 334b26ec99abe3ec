import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** Not part of what is stored: sockets, unpacked libraries, and what SQLite makes anew from the write-ahead log. */
const LEFT_OUT = /^run$|-shm$/;

/**
 * Copies a data folder that nothing writes at the moment: its server is stopped or dead. The copy is what a
 * machine finds that was switched on again.
 */
export function copyData(folder: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'oonobox-copy-'));
  cpSync(folder, copy, {
    recursive: true,
    filter: (path) => path === folder || !LEFT_OUT.test(basename(path)),
  });
  return copy;
}

/** Works on a copy, which is gone afterwards. */
export async function onCopy<T>(folder: string, work: (copy: string) => Promise<T>): Promise<T> {
  const copy = copyData(folder);
  try {
    return await work(copy);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
