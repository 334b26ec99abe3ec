import { and, asc, count, eq, inArray, ne, sql } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { journal } from '#src/db/schema/inbox/journal.ts';
import { beginRun } from '#src/ops/counts.ts';
import { nextTurn } from './group-commit.ts';
import { announce } from './intake.ts';
import { isPending } from './journal-rows.ts';
import { handOverParked } from './parked-changes.ts';
import { circumstancesOf, takeIn } from './take-in.ts';
import type { WebhookServices } from './webhook-services.ts';

type Parts = Pick<
  WebhookServices,
  'control' | 'counts' | 'delivery' | 'fetching' | 'keyring' | 'live' | 'log' | 'now' | 'templates'
>;

/** How many changes were taken in, could not be (they wait for a Replay), and had been parked in control.db. */
export type RecoveredJournal = { takenIn: number; setAside: number; parked: number };

/** As often a row may be tried at opening before it is passed over. */
const STRIKES = 3;
const GROUP = 100;

/**
 * At opening, before anybody else has the account: takes in what was pending. The reason it is still pending may
 * be that it makes the process exit, so the attempt is committed before it is made. Rows never tried so go in
 * groups; those that were in a group when the process ended go alone, and after three strikes they are marked
 * as failed. Then comes what was parked while the account could not be opened.
 */
export async function recoverJournal(services: Parts, inbox: Inbox): Promise<RecoveredJournal> {
  const recovered = { takenIn: 0, setAside: 0, parked: 0 };
  await takeInWaiting(services, inbox, recovered);
  recovered.parked = await handOverParked(services, inbox);
  if (recovered.parked > 0) {
    await takeInWaiting(services, inbox, recovered);
  }
  return recovered;
}

async function takeInWaiting(services: Parts, inbox: Inbox, recovered: RecoveredJournal): Promise<void> {
  for (;;) {
    const taken = await takeInNext(services, inbox);
    if (taken.length === 0) {
      return;
    }
    const setAside = await countFailed(inbox, taken);
    recovered.setAside += setAside;
    recovered.takenIn += taken.length - setAside;
    await nextTurn();
  }
}

/** Gives the rows that no longer wait. */
async function takeInNext(services: Parts, inbox: Inbox): Promise<{ id: number; receivedAt: number }[]> {
  const endRun = beginRun(services.counts, services.now);
  const { rows, changes } = await inbox.turn(async (commit) => {
    const [first] = await waiting(inbox, 1);
    if (!first) {
      return { rows: [], changes: [] };
    } else if (first.attempts >= STRIKES) {
      const error = `Taking this in ended the program ${STRIKES} times.`;
      const failed = { state: 'failed' as const, error, doneAt: services.now() };
      await commit('full', [inbox.sql.update(journal).set(failed).where(eq(journal.id, first.id))]);
      return { rows: [first], changes: [] };
    }
    const rows = first.attempts === 0 ? await waiting(inbox, GROUP) : [first];
    const untried = rows.filter((row) => row.attempts === first.attempts);
    await commit(
      'full',
      untried.map((row) => countAttempt(inbox, row.id)),
    );
    const circumstances = circumstancesOf(services, inbox, commit, services.now());
    return { rows: untried, changes: await takeIn(circumstances, untried) };
  });
  endRun(rows);
  await announce(services, inbox, changes);
  return rows;
}

async function countFailed({ sql: db }: Inbox, rows: readonly { id: number }[]): Promise<number> {
  const ids = rows.map(({ id }) => id);
  const [failed] = await db
    .select({ rows: count() })
    .from(journal)
    .where(and(inArray(journal.id, ids), ne(journal.state, 'done')));
  return failed?.rows ?? 0;
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
