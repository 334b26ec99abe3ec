import { setTimeout as pause } from 'node:timers/promises';
import type { OpenAccounts } from '#src/accounts/open-accounts.ts';
import type { Inbox } from '#src/db/inbox.ts';
import type { Logger } from '#src/log.ts';
import { indexSome } from './backfill.ts';
import { mergeSome } from './merge.ts';

type Parts = { accounts: Pick<OpenAccounts, 'use' | 'openNow'>; log: Pick<Logger, 'error'> };

/** Nothing was taken in for this long: the account has time for its index. */
const IDLE_MS = 1_000;
/** Between two steps everything else gets its turn. */
const BETWEEN_MS = 20;
/** An account that is never idle merges after so many runs, a step a run, long before a thousand segments. */
const MOST_UNMERGED_RUNS = 64;

type State = { timer: NodeJS.Timeout | null; isTending: boolean; runs: number };
const states = new WeakMap<Inbox, State>();

function stateOf(inbox: Inbox): State {
  const state = states.get(inbox) ?? { timer: null, isTending: false, runs: 0 };
  states.set(inbox, state);
  return state;
}

/** To be called after each run of intake. Resolves at once, but for a busy account after one step of merging. */
export async function tendAfterRun({ log }: Parts, inbox: Inbox): Promise<void> {
  const state = stateOf(inbox);
  state.runs += 1;
  if (state.runs > MOST_UNMERGED_RUNS) {
    try {
      state.runs = (await mergeSome(inbox)) ? state.runs : 0;
    } catch (error) {
      log.error({ account: inbox.accountId, err: error }, 'the search index could not be merged');
    }
  }
}

/** Sees to an account's index, a step at a time, once nothing was taken in for a while; each call begins the wait anew. */
export function tendWhenIdle(parts: Parts, inbox: Inbox, idleMs = IDLE_MS): void {
  const state = stateOf(inbox);
  if (state.timer !== null) {
    clearTimeout(state.timer);
  }
  state.timer = setTimeout(() => {
    state.timer = null;
    void tend(parts, inbox, state);
  }, idleMs).unref();
}

async function tend(parts: Parts, inbox: Inbox, state: State): Promise<void> {
  if (state.isTending) {
    return;
  }
  state.isTending = true;
  try {
    let isMore = true;
    while (isMore && state.timer === null && isOpen(parts, inbox)) {
      isMore = await parts.accounts.use(inbox.accountId, step);
      await pause(BETWEEN_MS, undefined, { ref: false });
    }
    state.runs = isMore ? state.runs : 0;
  } catch (error) {
    // One that was closed between the turns of a step goes on with it when it is opened again.
    if (isOpen(parts, inbox)) {
      parts.log.error({ account: inbox.accountId, err: error }, 'the search index could not be seen to');
    }
  } finally {
    state.isTending = false;
  }
}

/** An account that was closed meanwhile is not opened for this. */
function isOpen({ accounts }: Parts, { accountId }: Inbox): boolean {
  return accounts.openNow().includes(accountId);
}

async function step(inbox: Inbox): Promise<boolean> {
  const isMore = await indexSome(inbox);
  return (await mergeSome(inbox)) || isMore;
}
