import { readFileSync } from 'node:fs';

/** A command that becomes the program it is put before, and writes down when it wrote and when it fsynced what. */
export function traced(log: string): string[] {
  // As a grandchild the tracer leaves the program its process id; -y adds the paths.
  return ['strace', '-D', '-f', '-y', '-s', '0', '-e', 'trace=pwrite64,fsync', '-o', log];
}

export function canTrace(): boolean {
  try {
    return Bun.spawnSync(['strace', '-o', '/dev/null', 'true']).exitCode === 0;
  } catch {
    return false;
  }
}

/**
 * How much of a write-ahead log the disk has for certain, in bytes: all that was written of its present generation
 * when the last fsync of it began. What was written since may be there or not.
 */
export function syncedBytes(trace: string, path: string): number {
  let written = 0;
  let synced = 0;
  const beginnings = new Map<string, number>();
  for (const line of readFileSync(trace, 'utf8').split('\n')) {
    const [thread = ''] = line.split(' ', 1);
    const resumed = line.includes('<... fsync resumed>');
    if (!resumed && !line.includes(`<${path}>`)) {
      continue;
    }
    const write = /pwrite64\(.*, (\d+), (\d+)/.exec(line);
    if (write) {
      const [length, offset] = [Number(write[1]), Number(write[2])];
      // The header is written when the log is begun anew.
      [written, synced] = offset === 0 ? [length, 0] : [Math.max(written, offset + length), synced];
    } else if (resumed) {
      synced = Math.max(synced, beginnings.get(thread) ?? 0);
      beginnings.delete(thread);
    } else if (line.includes('<unfinished')) {
      beginnings.set(thread, written);
    } else if (line.includes('fsync(') && line.endsWith('= 0')) {
      synced = written;
    }
  }
  return synced;
}
