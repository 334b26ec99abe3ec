const EPOCH = Date.UTC(2026, 0, 1);
const PER_MS = 4096;

export type Ids = {
  /** The next id: a 53-bit integer, higher than any given out or observed before. */
  next(): number;
  /** Takes note of an id found in storage, so that a clock set back never repeats one. */
  observe(id: number): void;
};

/**
 * Ids are milliseconds since 2026-01-01 × 4096, plus 4 bits of process, plus 8 bits of counter.
 * They rise within one process and are never decoded for meaning.
 */
export function createIds(now: () => number, process = 0): Ids {
  let last = 0;

  return {
    next() {
      const fromClock = Math.max(0, Math.floor(now()) - EPOCH) * PER_MS + process * 256;
      last = Math.max(fromClock, following(last, process));
      return last;
    },
    observe(id) {
      last = Math.max(last, id);
    },
  };
}

/** The id after `id` that carries this process's bits: the counter runs over into the next millisecond. */
function following(id: number, process: number): number {
  const inMillisecond = id % PER_MS;
  const millisecond = id - inMillisecond;
  const first = process * 256;
  if (inMillisecond < first) {
    return millisecond + first;
  } else if (inMillisecond < first + 255) {
    return id + 1;
  } else {
    return millisecond + PER_MS + first;
  }
}
