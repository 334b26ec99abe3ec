export type Fetch = (url: string, init: BunFetchRequestInit) => Promise<Response>;

const REUSE_MS = 5_000;
/** Bun counts in steps of 4 s and rounds up. */
const IDLE_SECONDS = 4;
const MAX_IDLE = 32;

/**
 * Connections that are reused for at most 5 s. A server closes what lies idle, and a request that meets the closing
 * ends in a reset, after which nobody knows whether the message was taken. Bun's own idle limit is too coarse for that
 * (up to 12 s), so every 5 s a new pool takes over; the old one finishes what it has begun.
 * `now` counts ms and never runs backwards.
 */
export function createConnections(now: () => number): { fetch: Fetch } {
  let pool: Bun.FetchSession | undefined;
  let endsAt = 0;

  return {
    fetch(url, init) {
      if (pool === undefined || now() >= endsAt) {
        pool?.close();
        pool = new Bun.FetchSession({ keepAlive: { idleTimeout: IDLE_SECONDS, maxIdleSockets: MAX_IDLE } });
        endsAt = now() + REUSE_MS;
      }
      return fetch(url, { ...init, session: pool });
    },
  };
}
