import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, truncateSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MEGABYTE = 1024 * 1024;
/** What a disk hands out at once. */
export const BLOCK = 4096;

/** Mounting takes root. */
export const mayMount = process.getuid?.() === 0;

export type SmallDisk = {
  /** Where a data folder can be. */
  folder: string;
  /** Writes until nothing more fits. */
  fill(): void;
  /** Gives back so many bytes of what was filled. */
  giveBack(bytes: number): void;
  /** Gives back everything. */
  empty(): void;
  unmount(): void;
};

export function mountSmallDisk(megabytes: number): SmallDisk {
  const place = mkdtempSync(join(tmpdir(), 'oonobox-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', place]);
  const filler = join(place, 'filler');
  let filled = 0;

  return {
    folder: join(place, 'data'),
    fill() {
      filled += append(filler, filled);
    },
    giveBack(bytes) {
      filled -= bytes;
      truncateSync(filler, filled);
    },
    empty() {
      rmSync(filler, { force: true });
      filled = 0;
    },
    unmount() {
      execFileSync('umount', ['--lazy', place]);
      rmSync(place, { recursive: true, force: true });
    },
  };
}

/** Returns how many bytes went in; ever smaller pieces, down to the last block. */
function append(path: string, from: number): number {
  const file = openSync(path, from === 0 ? 'w' : 'r+');
  const zeros = Buffer.alloc(MEGABYTE);
  let written = 0;
  let size = MEGABYTE;
  while (size >= BLOCK) {
    const done = tryToWrite(file, zeros.subarray(0, size), from + written);
    written += done;
    size = done < size ? size / 2 : size;
  }
  closeSync(file);
  return written;
}

function tryToWrite(file: number, bytes: Uint8Array, at: number): number {
  try {
    return writeSync(file, bytes, 0, bytes.length, at);
  } catch {
    return 0;
  }
}
