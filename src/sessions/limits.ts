const HOUR_MS = 60 * 60_000;

/** A session ends this long after it was last used. */
export const IDLE_MS = 12 * HOUR_MS;

/** However busy it is, a session ends this long after it began. */
export const ABSOLUTE_MS = 30 * 24 * HOUR_MS;

/** When a session is over, unless it is used again before. */
export function expiryOf({ seenAt, createdAt }: { seenAt: number; createdAt: number }): number {
  return Math.min(seenAt + IDLE_MS, createdAt + ABSOLUTE_MS);
}
