import type { Alarms } from './alarms.ts';

/** Collecting stops the program for a moment, so it is not done at every look. */
const COLLECT_EVERY_MS = 10 * 60_000;

type Parts = {
  /** Bytes of resident memory from which on it is too much. */
  limit: number;
  readMemory: () => { rss: number; heapUsed: number };
  /** Frees what nobody uses any more. */
  collect: () => Promise<void>;
  /** What may explain it, for the log. */
  about: () => object;
  alarms: Alarms;
  now: () => number;
};

/** Warns of too much memory, after a collection has not helped. Never ends anything. Returns one look. */
export function createMemoryWatchdog({ limit, readMemory, collect, about, alarms, now }: Parts) {
  let collectedAt = Number.NEGATIVE_INFINITY;

  return async function look(): Promise<void> {
    if (readMemory().rss >= limit && now() - collectedAt >= COLLECT_EVERY_MS) {
      collectedAt = now();
      await collect();
    }
    const { rss, heapUsed } = readMemory();
    if (rss >= limit) {
      const words = 'memory is over its limit, and a collection did not help';
      alarms.raise('memory', 'process', {
        level: 'warn',
        about: { rss, heapUsed, limit, ...about() },
        words,
      });
    } else {
      alarms.clear('memory', 'process');
    }
  };
}

/** What closed databases held is freed only after a collection and a turn of the event loop. */
export async function collectGarbage(): Promise<void> {
  Bun.gc(true);
  await new Promise((resume) => setImmediate(resume));
}
