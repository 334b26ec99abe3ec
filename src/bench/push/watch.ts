/** What the process of sockets is told: whose they are, and what to look for. */
export type WatchOrder =
  | { kind: 'open'; url: string; cookies: string[]; sockets: number; conversations: number[] }
  | { kind: 'report' };

/** `seen` has a row for each socket: when each numbered message came first (ms since 1970), by its number; 0: never. */
export type WatchAnswer =
  | { kind: 'opened' }
  | { kind: 'report'; seen: number[][]; closed: number; lateP99: number }
  | { kind: 'failed'; why: string };
