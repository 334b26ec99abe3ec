import type { OpenAccounts } from '#src/accounts/open-accounts.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { AccountUnavailable } from '#src/errors.ts';
import type { Logger } from '#src/log.ts';
import { createAlarm } from '#src/messages/delivery-alarm.ts';
import { createRounds, type Rounds } from '#src/messages/delivery-rounds.ts';
import type { WhatsApp } from '#src/whatsapp/client.ts';
import { inPlainWords } from '#src/whatsapp/errors.ts';
import { type SyncClaim, storeFailure, storeList } from './sync.ts';
import { findDueSyncs, nextSync } from './sync-due.ts';

export type SyncingParts = {
  accounts: Pick<OpenAccounts, 'use'>;
  whatsapp: Pick<WhatsApp, 'listTemplates'>;
  phase: { draining: boolean };
  now: () => number;
  log: Logger;
};

/** Reads the templates of all accounts from Meta, apart from everything else. */
export type Syncing = {
  /** Templates of this account may be due to be read. */
  poke(accountId: number): void;
  /** Resolves when nothing is being read and nothing is due. */
  idle(): Promise<void>;
  /** Breaks off what is being read; it is read again at the next start. */
  stop(): Promise<void>;
};

const AFTER_TROUBLE_MS = 60_000;

/** `parts` is asked for late: this is itself one of the services. */
export function createSyncing(parts: () => SyncingParts): Syncing {
  const accounts = new Map<number, Account>();
  let stopped = false;

  return {
    poke(accountId) {
      if (!stopped) {
        const account = accounts.get(accountId) ?? createAccount(parts(), accountId);
        accounts.set(accountId, account);
        account.rounds.ask();
      }
    },
    async idle() {
      await Promise.all([...accounts.values()].map(({ rounds }) => rounds.idle()));
    },
    async stop() {
      stopped = true;
      await Promise.all([...accounts.values()].map((account) => account.stop()));
    },
  };
}

type Account = { rounds: Rounds; stop(): Promise<void> };

function createAccount(parts: SyncingParts, accountId: number): Account {
  const { accounts, log, now, phase } = parts;
  const stopping = new AbortController();
  const rounds = createRounds(look, (error) => {
    if (!(error instanceof AccountUnavailable)) {
      log.error({ account: accountId, err: error }, 'reading templates went wrong');
    }
    alarm.setFor(now() + AFTER_TROUBLE_MS);
  });
  const alarm = createAlarm(now, rounds.ask);

  async function look(): Promise<void> {
    if (phase.draining) {
      return;
    }
    await accounts.use(accountId, async (inbox) => {
      for (const claim of await findDueSyncs(inbox, now())) {
        if (!stopping.signal.aborted) {
          await syncOne(parts, inbox, claim, stopping.signal);
        }
      }
      alarm.setFor(await nextSync(inbox));
    });
  }

  return {
    rounds,
    async stop() {
      alarm.cancel();
      rounds.stop();
      stopping.abort();
      await rounds.idle();
    },
  };
}

const TIMEOUT_MS = 60_000;

async function syncOne(
  { whatsapp, log, now }: SyncingParts,
  inbox: Inbox,
  claim: SyncClaim,
  stopping: AbortSignal,
): Promise<void> {
  const signal = AbortSignal.any([stopping, AbortSignal.timeout(TIMEOUT_MS)]);
  const list = await whatsapp.listTemplates(claim.wabaId, claim.token, signal);
  if (stopping.aborted) {
    return;
  }
  if (list.ok) {
    await storeList(inbox, claim, list.templates, now());
    log.info(
      { account: inbox.accountId, waba: claim.wabaId, templates: list.templates.length },
      'templates read',
    );
  } else {
    await storeFailure(inbox, claim, inWords(list.problem), now());
  }
}

type Problem = Extract<Awaited<ReturnType<WhatsApp['listTemplates']>>, { ok: false }>['problem'];

function inWords(problem: Problem): string {
  if (problem.kind === 'refused') {
    const { title, whatToDo } = inPlainWords(problem.error.code);
    return `${title} ${whatToDo}`;
  } else {
    return `WhatsApp could not be asked for the templates: ${problem.why}.`;
  }
}
