import { and, count, eq, inArray, ne } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { forEachRow } from '#src/db/rows.ts';
import { journal } from '#src/db/schema/inbox/journal.ts';
import { beginRun } from '#src/ops/counts.ts';
import { nextTurn } from './group-commit.ts';
import { announcing } from './intake.ts';
import type { PendingRow } from './journal-rows.ts';
import { handOverParked } from './parked-changes.ts';
import { pendingRow, pendingRows, triedRows } from './pending-rows.ts';
import { circumstancesOf, takeIn } from './take-in.ts';
import { handOverUnrouted } from './unrouted.ts';
import type { WebhookServices } from './webhook-services.ts';

type Parts = Pick<
  WebhookServices,
  'control' | 'counts' | 'delivery' | 'fetching' | 'keyring' | 'live' | 'log' | 'now' | 'templates'
>;

/** How many changes were taken in, could not be (they wait for a Replay), and had been kept in control.db. */
export type RecoveredJournal = { takenIn: number; setAside: number; parked: number };

/** As often a row may be tried at opening before it is passed over. */
const STRIKES = 3;
const GROUP = 100;

/**
 * At opening, before anybody else has the account: takes in what was pending. The reason it is still pending may
 * be that it makes the process exit, so the attempt is committed before it is made. Rows never tried so go in
 * groups; those that were in a group when the process ended go alone, and after three strikes they are marked
 * as failed. Then comes what was parked while the account could not be opened, or put aside before its number was
 * connected.
 */
export async function recoverJournal(services: Parts, inbox: Inbox): Promise<RecoveredJournal> {
  const recovered = { takenIn: 0, setAside: 0, parked: 0 };
  await takeInWaiting(services, inbox, recovered);
  recovered.parked = (await handOverParked(services, inbox)) + (await takeOver(services, inbox));
  if (recovered.parked > 0) {
    await takeInWaiting(services, inbox, recovered);
  }
  return recovered;
}

/** What cannot be handed over is kept, and tried at the next opening: it keeps nobody out of what is here. */
function takeOver(services: Parts, inbox: Inbox): Promise<number> {
  return handOverUnrouted(services, inbox).catch((err) => {
    services.log.error(
      { account: inbox.accountId, err },
      'what came before a number was connected is not taken over',
    );
    return 0;
  });
}

async function takeInWaiting(services: Parts, inbox: Inbox, recovered: RecoveredJournal): Promise<void> {
  for (let after = 0, isAll = false; !isAll; await nextTurn()) {
    const untried = pendingRows(inbox, { after, most: GROUP, isUntried: true });
    await tryTogether(services, inbox, untried.rows, recovered);
    ({ upTo: after, isAll } = untried);
  }
  // Those with fewer strikes first, so that one that makes the process exit delays its neighbours least.
  for (const { id, attempts } of triedRows(inbox)) {
    if (attempts >= STRIKES) {
      await giveUp(services, inbox, id);
      recovered.setAside += 1;
    } else {
      await tryTogether(services, inbox, pendingRow(inbox, id), recovered);
    }
    await nextTurn();
  }
}

async function tryTogether(
  services: Parts,
  inbox: Inbox,
  rows: readonly PendingRow[],
  recovered: RecoveredJournal,
): Promise<void> {
  const attempts = forEachRow(
    COUNT_ATTEMPT,
    rows.map(({ id }) => [id]),
  );
  await inbox.write('full', attempts);
  for (let left = rows; left.length > 0; await nextTurn()) {
    const endRun = beginRun(services.counts, services.now);
    left = await announcing(services, inbox, async (onChanges) => {
      const taken = await inbox.turn((commit) => {
        const place = { inbox, commit, now: services.now(), onChanges };
        return takeIn(circumstancesOf(services, place), left);
      });
      endRun(taken);
      return left.slice(taken.length);
    });
  }
  const setAside = await countFailed(inbox, rows);
  recovered.setAside += setAside;
  recovered.takenIn += rows.length - setAside;
}

const COUNT_ATTEMPT = 'update journal set attempts = attempts + 1 where id = ?';

async function giveUp({ now }: Parts, inbox: Inbox, id: number): Promise<void> {
  const error = `Taking this in ended the program ${STRIKES} times.`;
  await inbox.write('full', [
    inbox.sql.update(journal).set({ state: 'failed', error, doneAt: now() }).where(eq(journal.id, id)),
  ]);
}

async function countFailed({ sql: db }: Inbox, rows: readonly { id: number }[]): Promise<number> {
  const ids = rows.map(({ id }) => id);
  const [failed] = await db
    .select({ rows: count() })
    .from(journal)
    .where(and(inArray(journal.id, ids), ne(journal.state, 'done')));
  return failed?.rows ?? 0;
}
