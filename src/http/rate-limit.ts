import { steady } from '#src/steady.ts';
import { createRecent } from './recent.ts';

export type RateLimit = {
  /** Takes one token of `key`'s. Returns 0, or how many milliseconds to wait for the next one. */
  take(key: string): number;
};

export type RateLimitOptions = {
  perSecond: number;
  /** How many may come at once after a quiet time. */
  burst: number;
  /** How many keys are remembered; the longest unused is forgotten first. */
  keys?: number;
  now: () => number;
};

/** A token bucket for each key, in memory. All that is kept of one is the moment when it will be full again. */
export function createRateLimit({ perSecond, burst, keys = 10_000, now }: RateLimitOptions): RateLimit {
  const tokenMs = 1000 / perSecond;
  const span = steady(now);
  const fullAt = createRecent<number>(keys);
  return {
    take(key) {
      const at = span();
      const full = Math.max(fullAt.get(key) ?? at, at);
      const wait = full - at - (burst - 1) * tokenMs;
      fullAt.set(key, wait > 0 ? full : full + tokenMs);
      return Math.max(0, Math.ceil(wait));
    },
  };
}
