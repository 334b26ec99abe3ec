import type { OpenAccounts } from '#src/accounts/open-accounts.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { AccountUnavailable } from '#src/errors.ts';
import type { Live } from '#src/live/live.ts';
import type { Logger } from '#src/log.ts';
import { createAlarm } from '#src/messages/delivery-alarm.ts';
import { createRounds, type Rounds } from '#src/messages/delivery-rounds.ts';
import { learnOwner } from '#src/numbers/owner.ts';
import { steady } from '#src/steady.ts';
import type { WhatsApp } from '#src/whatsapp/client.ts';
import { inPlainWords, meantCode } from '#src/whatsapp/errors.ts';
import { type SyncClaim, storeFailure, storeList, syncAllSoon } from './sync.ts';
import { findDueSyncs, nextSync } from './sync-due.ts';

export type SyncingParts = {
  accounts: Pick<OpenAccounts, 'use'>;
  whatsapp: Pick<WhatsApp, 'listTemplates' | 'readPortfolio'>;
  live: Pick<Live, 'publish'>;
  phase: { draining: boolean };
  now: () => number;
  log: Logger;
};

/** Reads the templates of all accounts from Meta, and who owns the business accounts, apart from everything else. */
export type Syncing = {
  /** Templates of this account may be due to be read. */
  poke(accountId: number): void;
  /** Meta has refused a message of a template, or reports that it did: what is known of them is out of date. */
  renew(accountId: number): void;
  /** Resolves when nothing is being read and nothing is due. */
  idle(): Promise<void>;
  /** Breaks off what is being read; it is read again at the next start. */
  stop(): Promise<void>;
};

const AFTER_TROUBLE_MS = 60_000;
/** Refusals come in numbers, and one new look serves all of them: what comes sooner is put off until then. */
const RENEWED_EVERY_MS = 60_000;

/** `parts` is asked for late: this is itself one of the services. */
export function createSyncing(parts: () => SyncingParts): Syncing {
  const accounts = new Map<number, Account>();
  let stopped = false;

  function accountOf(accountId: number): Account {
    const account = accounts.get(accountId) ?? createAccount(parts(), accountId);
    accounts.set(accountId, account);
    return account;
  }

  return {
    poke(accountId) {
      if (!stopped) {
        accountOf(accountId).rounds.ask();
      }
    },
    renew(accountId) {
      if (!stopped) {
        accountOf(accountId).renew();
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

type Account = { rounds: Rounds; renew(): void; stop(): Promise<void> };

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
  const span = steady(now);
  let renewedAt = Number.NEGATIVE_INFINITY;
  let isOutOfDate = false;
  const renewableIn = () => renewedAt + RENEWED_EVERY_MS - span();

  async function look(): Promise<void> {
    if (phase.draining) {
      return;
    }
    await accounts.use(accountId, async (inbox) => {
      if (isOutOfDate && renewableIn() <= 0) {
        await syncAllSoon(inbox, now());
        // Whatever was refused until here, the lists that are read below are newer.
        isOutOfDate = false;
        renewedAt = span();
      }
      for (const claim of await findDueSyncs(inbox, now())) {
        if (!stopping.signal.aborted) {
          await syncOne(parts, inbox, claim, stopping.signal);
        }
      }
      alarm.setFor(await nextSync(inbox));
      if (isOutOfDate) {
        alarm.setFor(now() + renewableIn());
      }
    });
  }

  return {
    rounds,
    renew() {
      isOutOfDate = true;
      if (renewableIn() > 0) {
        alarm.setFor(now() + renewableIn());
      } else {
        rounds.ask();
      }
    },
    async stop() {
      alarm.cancel();
      rounds.stop();
      stopping.abort();
      await rounds.idle();
    },
  };
}

async function syncOne(
  parts: SyncingParts,
  inbox: Inbox,
  claim: SyncClaim,
  stopping: AbortSignal,
): Promise<void> {
  const { whatsapp, log, now } = parts;
  const list = await whatsapp.listTemplates(claim.wabaId, claim.token, stopping);
  if (stopping.aborted) {
    return;
  }
  if (list.ok) {
    await storeList(inbox, claim, list.templates, now());
    log.info(
      { account: inbox.accountId, waba: claim.wabaId, templates: list.templates.length },
      'templates read',
    );
    await learnOwner(parts, inbox, claim);
  } else {
    await storeFailure(inbox, claim, inWords(list.problem), now());
  }
}

type Problem = Extract<Awaited<ReturnType<WhatsApp['listTemplates']>>, { ok: false }>['problem'];

function inWords(problem: Problem): string {
  if (problem.kind === 'refused') {
    const { title, whatToDo } = inPlainWords(meantCode(problem.error.code, problem.error.subcode));
    return `${title} ${whatToDo}`;
  } else {
    return `WhatsApp could not be asked for the templates: ${problem.why}.`;
  }
}
