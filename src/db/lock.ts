import { dlopen } from 'bun:ffi';
import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { StartRefused } from '#src/errors.ts';

const EXCLUSIVE_AT_ONCE = 2 | 4; // LOCK_EX | LOCK_NB of flock(2)

/** Holds the data folder for this process; `release` gives it back, and so does the kernel when the process ends. */
export type DataLock = { release(): void };

/** Takes the data folder's lock, or returns null when another process holds it. */
export function tryLock(dataFolder: string): DataLock | null {
  const file = openSync(join(dataFolder, 'lock'), 'a', 0o600);
  if (flock(file) !== 0) {
    closeSync(file);
    return null;
  }
  ftruncateSync(file);
  writeSync(file, `${process.pid}\n`);
  return { release: () => closeSync(file) };
}

/** Like `tryLock`, but a held lock is a refusal with a sentence. */
export function lock(dataFolder: string): DataLock {
  const held = tryLock(dataFolder);
  if (!held) {
    throw new StartRefused(
      `Another OonoBox is using ${dataFolder}. Two processes on one data folder would damage it: stop the other one, or give this one its own OONOBOX_DATA.`,
    );
  }
  return held;
}

function flock(file: number): number {
  const libc = dlopen(process.platform === 'darwin' ? 'libSystem.dylib' : 'libc.so.6', {
    flock: { args: ['i32', 'i32'], returns: 'i32' },
  });
  try {
    return libc.symbols.flock(file, EXCLUSIVE_AT_ONCE);
  } finally {
    libc.close();
  }
}
