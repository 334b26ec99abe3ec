/** One real timer for a moment of the injected clock: the clock decides what is due, the timer only wakes. */
export type Alarm = {
  /** Rings once, at the earliest moment set since it last rang; null sets nothing. */
  setFor(at: number | null): void;
  cancel(): void;
};

/** Longer timers overflow and would ring at once. */
const LONGEST_MS = 2 ** 31 - 1;

export function createAlarm(now: () => number, ring: () => void): Alarm {
  let timer: NodeJS.Timeout | null = null;
  let due = Number.POSITIVE_INFINITY;

  const cancel = () => {
    if (timer) {
      clearTimeout(timer);
    }
    timer = null;
    due = Number.POSITIVE_INFINITY;
  };

  return {
    setFor(at) {
      if (at !== null && at < due) {
        cancel();
        due = at;
        timer = setTimeout(
          () => {
            cancel();
            ring();
          },
          Math.min(LONGEST_MS, Math.max(0, at - now())),
        );
        timer.unref();
      }
    },
    cancel,
  };
}
