import type { Connection } from './connection.ts';

/** FULL: fsynced before it is acknowledged. NORMAL: survives a kill, may lose its last moments in a power cut. */
export type Durability = 'full' | 'normal';

const SYNCHRONOUS: Record<Durability, number> = { full: 2, normal: 1 };

/** Name, value to set, value to read back. */
const PRAGMAS: readonly (readonly [string, string, string])[] = [
  ['busy_timeout', '250', '250'],
  ['journal_mode', 'wal', 'wal'],
  ['synchronous', 'full', '2'],
  ['foreign_keys', 'on', '1'],
  ['trusted_schema', 'off', '0'],
  ['cell_size_check', 'on', '1'],
  ['journal_size_limit', '67108864', '67108864'],
  // Pages. With twice as many a message costs 7 % less, but every webhook that comes meanwhile waits twice as long.
  ['wal_autocheckpoint', '1000', '1000'],
  // KiB, if negative. Reading a page is decrypting it; all caches of the process together stay under the limit (bytes).
  ['cache_size', '-32000', '-32000'],
  ['soft_heap_limit', '100663296', '100663296'],
];

/**
 * Sets every PRAGMA and reads it back. They belong to a connection, not to the file, so this runs
 * at open, after a reconnect, and after any error (the client may have replaced the connection).
 */
export function setPragmas(connection: Connection): void {
  for (const [name, value, expected] of PRAGMAS) {
    connection.run(`pragma ${name} = ${value}`);
    const [row] = connection.all(`pragma ${name}`);
    const actual = String(row?.[0]);
    if (actual !== expected) {
      throw new Error(`pragma ${name} is ${actual} instead of ${expected}`);
    }
  }
}

export function setDurability(connection: Connection, durability: Durability): void {
  connection.run(`pragma synchronous = ${SYNCHRONOUS[durability]}`);
}
