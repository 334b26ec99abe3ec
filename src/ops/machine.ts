import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { dirname, join } from 'node:path';

/** Bytes of the disk that a folder is on; `free` is what an ordinary user may still take. */
export type DiskSpace = { free: number; total: number };

export async function readDiskSpace(folder: string): Promise<DiskSpace> {
  const { bavail, blocks, bsize } = await statfs(folder);
  return { free: bavail * bsize, total: blocks * bsize };
}

/** How many files, sockets and pipes the process has open; null where the system does not say. */
export function countOpenFiles(): number | null {
  const folder = ['/proc/self/fd', '/dev/fd'].find((path) => existsSync(path));
  return folder === undefined ? null : readdirSync(folder).length;
}

const MB = 1024 * 1024;
const USUAL_LIMIT = 1024 * MB;
const SHARE = 0.8;

/**
 * From how many bytes of resident memory on to warn: what is configured, else four fifths of what the process may
 * have (its cgroup's limit), else a gigabyte, or four fifths of the machine if that is less.
 */
export function memoryLimit(configuredMb: number | null, cgroup = cgroupLimit()): number {
  if (configuredMb !== null) {
    return configuredMb * MB;
  }
  return Math.floor(cgroup === null ? Math.min(USUAL_LIMIT, totalmem() * SHARE) : cgroup * SHARE);
}

/** Where Linux says it: which group this process is in, and what each group may have. */
const places = { groups: '/proc/self/cgroup', limits: '/sys/fs/cgroup' };

/** The lowest memory limit of the process's cgroup and those around it, in bytes; null when there is none. */
export function cgroupLimit({ groups, limits } = places): number | null {
  const lines = existsSync(groups) ? readFileSync(groups, 'utf8').split('\n') : [];
  const found = lines.flatMap((line) => {
    const [, controllers = '', path = '/'] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    if (line.startsWith('0::')) {
      return upwards(path).map((each) => join(limits, each, 'memory.max'));
    }
    return controllers.split(',').includes('memory')
      ? upwards(path).map((each) => join(limits, 'memory', each, 'memory.limit_in_bytes'))
      : [];
  });
  const known = found.map(readLimit).filter((bytes) => bytes !== null);
  return known.length === 0 ? null : Math.min(...known);
}

/** A group's path and those of the groups it is in. */
function upwards(path: string): string[] {
  return path === '/' || path === '' || path === '.' ? ['/'] : [path, ...upwards(dirname(path))];
}

/** The older interface writes "no limit" as a number larger than any memory. */
const NO_LIMIT = 2 ** 50;

function readLimit(path: string): number | null {
  const bytes = existsSync(path) ? Number(readFileSync(path, 'utf8').trim()) : Number.NaN;
  return bytes > 0 && bytes < NO_LIMIT ? bytes : null;
}
