const HOUR_MS = 60 * 60_000;

/** A session ends this long after it was last used. */
export const IDLE_MS = 12 * HOUR_MS;

/** However busy it is, a session ends this long after it began. */
export const ABSOLUTE_MS = 30 * 24 * HOUR_MS;

/** When a session is over, unless it is used again before. */
export function expiryOf({ seenAt, createdAt }: { seenAt: number; createdAt: number }): number {
  return Math.min(seenAt + IDLE_MS, createdAt + ABSOLUTE_MS);
}

/** How many sessions one person may have: at the next one, the one that was unused the longest ends. */
export const MOST_SESSIONS = 20;

/** How long a proof of who one is holds, before a change that a borrowed session must not make. */
export const PROOF_MS = 10 * 60_000;
