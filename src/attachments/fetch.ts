import { type AccountFetching, createAccountFetching, type FetchParts, type Hint } from './fetch-account.ts';
import { createAllowance } from './fetch-allowance.ts';

/** Fetches the files that customers send, in all accounts, apart from everything else. */
export type Fetching = {
  /** This account may expect files, or has pictures that nobody has looked at yet. */
  poke(accountId: number, hints?: readonly Hint[]): void;
  /** Resolves when nothing is on its way and nothing more can be done now. */
  idle(): Promise<void>;
  /** Breaks off what is on its way; it is fetched again at the next start. */
  stop(): Promise<void>;
};

/** Announced bytes on their way at once, in the whole process: what they come to in memory is far less. */
const MOST_BYTES_UNDER_WAY = 256 * 1024 * 1024;

/** `parts` is asked for late: this is itself one of the services. */
export function createFetching(parts: () => Omit<FetchParts, 'allowance'>): Fetching {
  const accounts = new Map<number, AccountFetching>();
  const allowance = createAllowance(MOST_BYTES_UNDER_WAY);
  let stopped = false;

  function fetchingOf(accountId: number): AccountFetching {
    const known = accounts.get(accountId);
    const fetching = known ?? createAccountFetching({ ...parts(), allowance }, accountId);
    accounts.set(accountId, fetching);
    return fetching;
  }

  return {
    poke(accountId, hints) {
      if (!stopped) {
        fetchingOf(accountId).poke(hints);
      }
    },
    async idle() {
      await Promise.all([...accounts.values()].map((fetching) => fetching.idle()));
    },
    async stop() {
      stopped = true;
      await Promise.all([...accounts.values()].map((fetching) => fetching.stop()));
    },
  };
}
