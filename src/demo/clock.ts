/** A clock that can stand in the past, so that a day's conversations happen in a moment and then time goes on. */
export type StoryClock = {
  now(): number;
  /** Stands at a moment, never before an earlier one. */
  standAt(moment: number): void;
  /** From here on it is the machine's clock. */
  runOn(): void;
};

export function createStoryClock(begin: number): StoryClock {
  let standing: number | null = begin;
  return {
    now: () => standing ?? Date.now(),
    standAt(moment) {
      standing = Math.max(standing ?? 0, moment);
    },
    runOn() {
      standing = null;
    },
  };
}
