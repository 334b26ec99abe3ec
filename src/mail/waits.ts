const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const FIRST = [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 3 * HOUR] as const;

/** The longest wait between two tries: what stands further ahead was written by a clock that has been set back since. */
export const LONGEST_WAIT_MS = 6 * HOUR;
export const TRIED_FOR_MS = 48 * HOUR;

/** When a letter is tried again after so many tries; null: it has been tried for two days, and is given up. */
export function nextTry(
  { createdAt, tries }: { createdAt: number; tries: number },
  now: number,
): number | null {
  const at = now + (FIRST[tries - 1] ?? LONGEST_WAIT_MS);
  return at - createdAt > TRIED_FOR_MS ? null : at;
}
