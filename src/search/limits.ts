import { createRateLimit } from '#src/http/rate-limit.ts';

export type SearchLimits = {
  /**
   * Runs a search of somebody's, or gives how many milliseconds to wait before asking again: a person types so
   * fast and no faster, and nobody has more than a few searches under way.
   */
  run<T>(who: string, search: () => Promise<T>): Promise<T | { waitMs: number }>;
};

type Options = {
  now: () => number;
  /** Null: as often as one likes, such as with an API key, which has a limit of its own. */
  perSecond: number | null;
};

const BURST = 20;
const AT_ONCE = 4;
const AGAIN_MS = 1_000;

export function createSearchLimits({ now, perSecond }: Options): SearchLimits {
  const rate = perSecond === null ? null : createRateLimit({ perSecond, burst: BURST, now });
  const underWay = new Map<string, number>();
  return {
    async run(who, search) {
      const count = underWay.get(who) ?? 0;
      const waitMs = count >= AT_ONCE ? AGAIN_MS : (rate?.take(who) ?? 0);
      if (waitMs > 0) {
        return { waitMs };
      }
      underWay.set(who, count + 1);
      try {
        return await search();
      } finally {
        const left = (underWay.get(who) ?? 1) - 1;
        left === 0 ? underWay.delete(who) : underWay.set(who, left);
      }
    },
  };
}
