import type { OpenAccounts } from '#src/accounts/open-accounts.ts';
import type { Vault } from '#src/attachments/vault/vault.ts';
import { createQueue } from '#src/db/queue.ts';
import { AccountUnavailable } from '#src/errors.ts';
import type { Logger } from '#src/log.ts';
import { steady } from '#src/steady.ts';

export type SweepingParts = {
  accounts: Pick<OpenAccounts, 'use' | 'openNow'>;
  vault: Pick<Vault, 'sweep'>;
  now: () => number;
  log: Logger;
};

/** Sweeps the files of open accounts, beside everything else: one account at a time, since a bucket may be slow. */
export type Sweeping = {
  /** Resolves at once; at most one sweep a day for each account comes of it. */
  due(accountId: number): void;
  /** Resolves when all that was due has been swept. */
  idle(): Promise<void>;
  /** A sweep under way ends early: the next one goes on. */
  stop(): Promise<void>;
};

const DAY_MS = 24 * 60 * 60_000;

export function createSweeping({ accounts, vault, now, log }: SweepingParts): Sweeping {
  const span = steady(now);
  const sweptAt = new Map<number, number>();
  const queue = createQueue();
  const ending = new AbortController();

  async function sweep(accountId: number): Promise<void> {
    // An account that was closed meanwhile is not opened for this.
    if (ending.signal.aborted || !accounts.openNow().includes(accountId)) {
      return;
    }
    try {
      const removed = await accounts.use(accountId, (inbox) => vault.sweep(inbox, now(), ending.signal));
      if (removed > 0) {
        log.info({ account: accountId, files: removed }, 'files that nothing names were removed');
      }
    } catch (error) {
      // Opening has already said why.
      if (!(error instanceof AccountUnavailable)) {
        log.error({ account: accountId, err: error }, 'the files of an account could not be swept');
      }
    }
  }

  return {
    due(accountId) {
      if (span() - (sweptAt.get(accountId) ?? Number.NEGATIVE_INFINITY) >= DAY_MS) {
        sweptAt.set(accountId, span());
        void queue.run(() => sweep(accountId));
      }
    },
    idle: () => queue.idle(),
    stop() {
      ending.abort();
      return queue.idle();
    },
  };
}
