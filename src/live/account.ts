import { createHistory, type History } from './history.ts';
import type { Pending } from './merge.ts';
import type { LiveSocket } from './socket.ts';
import type { Waiting } from './waiting.ts';

/** What is known of an account while the program runs: who watches, and what they were shown. */
export type LiveAccount = {
  readonly accountId: number;
  readonly history: History;
  readonly sockets: Set<LiveSocket>;
  /** Who is shown to be with whom: what was last told of each conversation where somebody is. */
  readonly presence: Map<number, string>;
  /** Who waits for an answer; null until it is asked for. */
  waiting: Waiting | null;
  /** What changed since the last pushes began, and who waits until that has been pushed. */
  pending: { changes: Pending; pushed: PromiseWithResolvers<void> };
  /** Settles when nothing is pending any more; null when nothing is. */
  pushing: Promise<void> | null;
};

export const nothingPending = (): LiveAccount['pending'] => ({
  changes: new Map(),
  pushed: Promise.withResolvers(),
});

export type LiveAccounts = {
  of(accountId: number): LiveAccount;
  all(): LiveAccount[];
};

export function createLiveAccounts(now: () => number): LiveAccounts {
  const accounts = new Map<number, LiveAccount>();
  return {
    of(accountId) {
      const account = accounts.get(accountId) ?? {
        accountId,
        history: createHistory(now),
        sockets: new Set<LiveSocket>(),
        presence: new Map<number, string>(),
        waiting: null,
        pending: nothingPending(),
        pushing: null,
      };
      accounts.set(accountId, account);
      return account;
    },
    all: () => [...accounts.values()],
  };
}
