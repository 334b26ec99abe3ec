import type { LiveChange } from './change.ts';

export const KEPT_MS = 15 * 60_000;
export const KEPT_PUSHES = 5_000;

/**
 * The last pushes of an account, so that a socket that was away for a moment catches up. What changed is kept,
 * not what was rendered: replay shows the present, and only what its viewer may see now.
 */
export type History = {
  /** Takes note of a push and gives it its number. */
  add(change: LiveChange): number;
  /** The number of the newest push. */
  last(): number;
  /** What was pushed after number `seen`, or null when that is no longer all known. */
  since(seen: number): LiveChange[] | null;
  forgetOld(): void;
};

export function createHistory(now: () => number): History {
  let entries: { n: number; at: number; change: LiveChange }[] = [];
  let last = 0;

  function forgetOld(): void {
    const oldest = now() - KEPT_MS;
    const kept = entries.findIndex((entry) => entry.at >= oldest);
    const surplus = Math.max(0, entries.length - KEPT_PUSHES);
    entries = entries.slice(Math.max(kept === -1 ? entries.length : kept, surplus));
  }

  return {
    add(change) {
      last += 1;
      entries.push({ n: last, at: now(), change });
      if (entries.length > KEPT_PUSHES * 1.2) {
        forgetOld();
      }
      return last;
    },
    last: () => last,
    since(seen) {
      forgetOld();
      const first = entries[0]?.n ?? last + 1;
      const isKnown = seen >= first - 1 && seen <= last;
      return isKnown ? entries.filter((entry) => entry.n > seen).map((entry) => entry.change) : null;
    },
    forgetOld,
  };
}
