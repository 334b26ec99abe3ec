/** Uploads whose file could not be read: each rests by itself, longer each time, so that it keeps no other waiting. */
export type UploadRests = {
  /** Of an outbox row, from now on; or false, when so many rest already that the trouble is not one file's. */
  begin(id: number, now: number): boolean;
  /** Its file was read. */
  forget(id: number): void;
  /** The rows that rest at this moment. */
  resting(now: number): number[];
  /** When the first of them may be tried again; null when none rests. */
  nextEnd(now: number): number | null;
};

const FIRST_MS = 5_000;
/** A failing disk takes long to say so: what cannot be read would soon take all the time there is. */
const LONGEST_MS = 600_000;
const MOST = 200;

/** In memory: a restart tries everything at once. Times in milliseconds. */
export function createUploadRests(): UploadRests {
  const rests = new Map<number, { length: number; until: number }>();

  const resting = (now: number) => [...rests].filter(([, { until }]) => until > now);

  /** Of some nobody asks again: their message was called off. */
  function dropEnded(now: number): void {
    for (const [id, { until }] of rests) {
      if (until <= now) {
        rests.delete(id);
      }
    }
  }

  return {
    begin(id, now) {
      const before = rests.get(id);
      if (before === undefined && rests.size >= MOST) {
        dropEnded(now);
        if (rests.size >= MOST) {
          return false;
        }
      }
      const length = before ? Math.min(LONGEST_MS, before.length * 2) : FIRST_MS;
      rests.set(id, { length, until: now + length });
      return true;
    },
    forget(id) {
      rests.delete(id);
    },
    resting: (now) => resting(now).map(([id]) => id),
    nextEnd(now) {
      const ends = resting(now).map(([, { until }]) => until);
      return ends.length === 0 ? null : Math.min(...ends);
    },
  };
}
