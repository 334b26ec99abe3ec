import { asc, eq, sql } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { journal } from '#src/db/schema/inbox/journal.ts';
import { nextTurn } from './group-commit.ts';
import { announce } from './intake.ts';
import { isPending } from './journal-rows.ts';
import { handOverParked } from './parked-changes.ts';
import { circumstancesOf, takeIn } from './take-in.ts';
import type { WebhookServices } from './webhook-services.ts';

type Parts = Pick<WebhookServices, 'control' | 'delivery' | 'keyring' | 'live' | 'log' | 'now'>;

/** As often a row may be tried at opening before it is passed over. */
const STRIKES = 3;
const GROUP = 100;

/**
 * At opening, before anybody else has the account: takes in what was pending. The reason it is still pending may
 * be that it makes the process exit, so the attempt is committed before it is made. Rows never tried so go in
 * groups; those that were in a group when the process ended go alone, and after three strikes they are marked
 * as failed. Then comes what was parked while the account could not be opened.
 */
export async function recoverJournal(services: Parts, inbox: Inbox): Promise<void> {
  await takeInWaiting(services, inbox);
  if (await handOverParked(services, inbox)) {
    await takeInWaiting(services, inbox);
  }
}

async function takeInWaiting(services: Parts, inbox: Inbox): Promise<void> {
  while (await takeInNext(services, inbox)) {
    await nextTurn();
  }
}

async function takeInNext(services: Parts, inbox: Inbox): Promise<boolean> {
  const { found, changes } = await inbox.turn(async (commit) => {
    const [first] = await waiting(inbox, 1);
    if (!first) {
      return { found: false, changes: [] };
    } else if (first.attempts >= STRIKES) {
      const error = `Taking this in ended the program ${STRIKES} times.`;
      const failed = { state: 'failed' as const, error, doneAt: services.now() };
      await commit('full', [inbox.sql.update(journal).set(failed).where(eq(journal.id, first.id))]);
      return { found: true, changes: [] };
    }
    const rows = first.attempts === 0 ? await waiting(inbox, GROUP) : [first];
    const untried = rows.filter((row) => row.attempts === first.attempts);
    await commit(
      'full',
      untried.map((row) => countAttempt(inbox, row.id)),
    );
    const circumstances = circumstancesOf(services, inbox, commit, services.now());
    return { found: true, changes: await takeIn(circumstances, untried) };
  });
  await announce(services, inbox, changes);
  return found;
}

/** Rows with fewer strikes first, so that one that makes the process exit delays its neighbours least. */
function waiting({ sql: db }: Inbox, limit: number) {
  return db
    .select()
    .from(journal)
    .where(isPending)
    .orderBy(asc(journal.attempts), asc(journal.id))
    .limit(limit);
}

function countAttempt({ sql: db }: Inbox, id: number) {
  return db
    .update(journal)
    .set({ attempts: sql`${journal.attempts} + 1` })
    .where(eq(journal.id, id));
}
