/** What the process of sockets is told: whose they are, and what to look for. */
export type WatchOrder =
  | { kind: 'open'; url: string; cookies: string[]; sockets: number; conversations: number[] }
  /** Asked when everything has been sent: waits for what is still on its way, but not for ever. */
  | { kind: 'report'; messages: number };

/** `seen` has a row for each socket: when each numbered message came first (ms since 1970), by its number; 0: never.
 * `resyncs` counts how often a page was told to fetch everything anew, which these do not. */
export type WatchAnswer =
  | { kind: 'opened' }
  | { kind: 'report'; seen: number[][]; closed: number; resyncs: number; lateP99: number }
  | { kind: 'failed'; why: string };
