import { setImmediate } from 'node:timers/promises';
import { openForReading, type ReadOnly } from './open-for-reading.ts';
import type { Place } from './protocol.ts';

/** The databases that the thread has open: each stays so until it is let go of. */
export type Kept = {
  /** Opens it unless it is open. */
  get(place: Place): ReadOnly;
  letGo(paths: readonly string[]): Promise<void>;
  paths(): string[];
};

export function keepDatabases(): Kept {
  const open = new Map<string, ReadOnly>();
  return {
    get({ path, key }) {
      const database = open.get(path) ?? openForReading(path, key);
      open.set(path, database);
      return database;
    },
    async letGo(paths) {
      for (const path of paths) {
        open.get(path)?.close();
        open.delete(path);
      }
      await collect();
    },
    paths: () => [...open.keys()],
  };
}

/**
 * A closed connection lives until a collection and a turn of the event loop. Only then may it be said that it is
 * gone: after that the writer may close, and the last connection to close must be the writer's.
 */
async function collect(): Promise<void> {
  Bun.gc(true);
  await setImmediate();
}
