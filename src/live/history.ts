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

/** Every account keeps thousands: one in which nothing but the row changed is its conversation's id alone. */
type Kept = number | LiveChange;

export function createHistory(now: () => number): History {
  // Side by side rather than as objects, and without their numbers, which follow from the last one.
  let times: number[] = [];
  let changes: Kept[] = [];
  let last = 0;

  function forgetOld(): void {
    const oldest = now() - KEPT_MS;
    const kept = times.findIndex((at) => at >= oldest);
    const surplus = Math.max(0, times.length - KEPT_PUSHES);
    const from = Math.max(kept === -1 ? times.length : kept, surplus);
    times = times.slice(from);
    changes = changes.slice(from);
  }

  return {
    add(change) {
      last += 1;
      times.push(now());
      changes.push(compact(change));
      if (times.length > KEPT_PUSHES * 1.2) {
        forgetOld();
      }
      return last;
    },
    last: () => last,
    since(seen) {
      forgetOld();
      const before = last - changes.length;
      const isKnown = seen >= before && seen <= last;
      return isKnown ? changes.slice(seen - before).map(whole) : null;
    },
    forgetOld,
  };
}

function compact({ conversationId, redraw = false, ...lists }: LiveChange): Kept {
  const said = redraw ? [['redraw', true] as const] : [];
  const filled = [...said, ...Object.entries(lists).filter(([, list]) => list.length > 0)];
  return filled.length === 0 ? conversationId : { conversationId, ...Object.fromEntries(filled) };
}

const whole = (kept: Kept): LiveChange => (typeof kept === 'number' ? { conversationId: kept } : kept);
