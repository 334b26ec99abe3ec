import { dlopen, ptr } from 'bun:ffi';
import { readFileSync, writeFileSync } from 'node:fs';
import { limits } from './limits.ts';

// Numbers of setrlimit(2) on Linux.
const FILE_SIZE = 1;
const DATA = 2;
const CORE = 4;

/**
 * Narrows what this process may use from here on: memory, and no files (a crash leaves none of a stranger's
 * picture behind). It contains accidents; it is no wall against an exploit.
 */
export function confine(): void {
  if (process.platform !== 'linux') {
    return;
  }
  const libc = dlopen('libc.so.6', { setrlimit: { args: ['i32', 'ptr'], returns: 'i32' } });
  const limit = (resource: number, most: number) => {
    const both = new BigUint64Array([BigInt(most), BigInt(most)]);
    if (libc.symbols.setrlimit(resource, ptr(both)) !== 0) {
      throw new Error(`limit ${resource} could not be set`);
    }
  };
  // The engine has reserved far more addresses than it uses, so the limit starts from there.
  limit(DATA, reservedBytes() + limits.memoryBytes);
  goFirst();
  limit(FILE_SIZE, 0);
  limit(CORE, 0);
}

/** When the whole machine runs out of memory, this process goes before the server; where /proc lets it say so. */
function goFirst(): void {
  try {
    writeFileSync('/proc/self/oom_score_adj', '1000');
  } catch {}
}

function reservedBytes(): number {
  const found = /^VmData:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'));
  if (!found) {
    throw new Error('the memory in use cannot be read from /proc');
  }
  return Number(found[1]) * 1024;
}
