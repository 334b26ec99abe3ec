import { type BackOff, backOff } from './outcome-backoff.ts';

const FAILURES_TO_OPEN = 3;
const WAITS: BackOff = { first: 2_000, factor: 2, longest: 60_000 };

/** Keeps a number from sending into a dead network: growing waits, and then one message to try. */
export type Breaker = {
  /** How many sends may start now, with `inFlight` under way; infinite while all is well. */
  allowance(now: number, inFlight: number): number;
  /** When the next one may be tried; 0 while all is well. */
  readyAt(): number;
  /** A send ended; `reached` says whether Meta answered it at all. */
  note(reached: boolean, now: number): void;
};

export function createBreaker(random: () => number = Math.random): Breaker {
  let failures = 0;
  let waits = 0;
  let openUntil = 0;

  return {
    allowance(now, inFlight) {
      if (failures < FAILURES_TO_OPEN) {
        return Number.POSITIVE_INFINITY;
      }
      return now < openUntil || inFlight > 0 ? 0 : 1;
    },
    readyAt: () => openUntil,
    note(reached, now) {
      if (reached) {
        failures = 0;
        waits = 0;
        openUntil = 0;
      } else if (now >= openUntil) {
        // Sends that fail together count as one wait, or a burst would be punished for hours.
        failures += 1;
        if (failures >= FAILURES_TO_OPEN) {
          openUntil = now + backOff(WAITS, waits, random);
          waits += 1;
        }
      }
    },
  };
}
