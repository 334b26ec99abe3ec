/**
 * A clock for how long something lasts: it follows `now`, and where that is set back it stands still between two
 * looks and goes on from there. For limits, waits and signs that are kept in memory, never for what is stored or shown.
 */
export function steady(now: () => number): () => number {
  let last = Number.NEGATIVE_INFINITY;
  let setBack = 0;
  return () => {
    const at = now() + setBack;
    setBack += Math.max(0, last - at);
    last = Math.max(last, at);
    return last;
  };
}
