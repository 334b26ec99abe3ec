import { setTimeout as pause } from 'node:timers/promises';
import type { Inbox } from '#src/db/inbox.ts';
import { selection } from '#src/db/lookup.ts';
import { journal } from '#src/db/schema/inbox/journal.ts';
import { AccountUnavailable } from '#src/errors.ts';
import type { LiveChange } from '#src/live/change.ts';
import { beginRun } from '#src/ops/counts.ts';
import { tendAfterRun, tendWhenIdle } from '#src/search/tend.ts';
import { nextTurn } from './group-commit.ts';
import { IS_PENDING, type PendingRow } from './journal-rows.ts';
import { circumstancesOf, takeIn } from './take-in.ts';
import type { WebhookServices } from './webhook-services.ts';

const MOST_ROWS = 500;
/** A change may hold a thousand messages: a run ends with the row that brings it over this. */
const MOST_BYTES = 2 * 1024 * 1024;
const RETRY_MS = 5_000;
/**
 * A run that took in everything is followed by a rest, so many times as long as itself. What runs write is mostly the
 * same pages of each index, however many messages they take in: under load fewer and larger ones do the same with less.
 */
const REST = 2;
const LONGEST_REST_MS = 100;

/** One an account: `again` says that something came while it ran. */
type Loop = { running: Promise<void> | null; again: boolean; restsUntil: number };
const loops = new WeakMap<Inbox, Loop>();

/** Has everything that is pending taken in, soon and outside the caller's way. */
export function wakeIntake(services: WebhookServices, inbox: Inbox): void {
  const loop = loops.get(inbox) ?? { running: null, again: false, restsUntil: 0 };
  loops.set(inbox, loop);
  loop.again = true;
  loop.running ??= run(services, inbox, loop).finally(() => {
    loop.running = null;
    // Something may have come after the run had looked for the last time.
    if (loop.again && !services.phase.draining) {
      wakeIntake(services, inbox);
    }
  });
}

/** Resolves when nothing is being taken in. */
export async function intakeIdle(inbox: Inbox): Promise<void> {
  for (let loop = loops.get(inbox); loop?.running; loop = loops.get(inbox)) {
    await loop.running;
  }
}

async function run(services: WebhookServices, inbox: Inbox, loop: Loop): Promise<void> {
  if (services.phase.draining) {
    // The next start takes in what waits.
    loop.again = false;
    return;
  }
  try {
    await services.accounts.use(inbox.accountId, async (open) => {
      while (loop.again && !services.phase.draining) {
        loop.again = false;
        await intake(services, open, loop);
      }
      tendWhenIdle(services, open);
    });
  } catch (error) {
    loop.again = false;
    if (error instanceof AccountUnavailable || services.phase.draining) {
      // Opening it takes in what waits, now or at the next start.
      return;
    }
    services.log.error({ account: inbox.accountId, err: error }, 'webhooks wait to be taken in');
    setTimeout(() => wakeIntake(services, inbox), RETRY_MS).unref();
  }
}

/** Takes in what is pending, in runs, until nothing is. What it cannot write stays pending and is thrown. */
async function intake(services: WebhookServices, inbox: Inbox, loop: Loop): Promise<void> {
  let isAll = false;
  while (!isAll) {
    await nextTurn();
    const rest = loop.restsUntil - performance.now();
    if (rest > 0) {
      await pause(rest);
    }
    if (services.phase.draining) {
      return;
    }
    const began = performance.now();
    isAll = await takeInPending(services, inbox);
    await tendAfterRun(services, inbox);
    const now = performance.now();
    loop.restsUntil = isAll ? now + Math.min(LONGEST_REST_MS, REST * (now - began)) : now;
  }
}

/** Takes in one run, and tells whether that was all. */
async function takeInPending(services: WebhookServices, inbox: Inbox): Promise<boolean> {
  const endRun = beginRun(services.counts, services.now);
  const { rows, isAll, changes } = await inbox.turn(async (commit) => {
    const { rows, isAll } = pendingRows(inbox);
    const circumstances = circumstancesOf(services, inbox, commit, services.now());
    return { rows, isAll, changes: await takeIn(circumstances, rows) };
  });
  endRun(rows);
  await announce(services, inbox, changes);
  return isAll;
}

const pending = selection({
  id: journal.id,
  field: journal.field,
  raw: journal.raw,
  receivedAt: journal.receivedAt,
});

function pendingRows(inbox: Inbox): { rows: PendingRow[]; isAll: boolean } {
  const rows = inbox
    .rows(`select ${pending.list} from journal where ${IS_PENDING} order by id limit ?`, [MOST_ROWS])
    .map((row) => pending.read(row));
  let bytes = 0;
  const within = rows.findIndex((row) => {
    bytes += row.raw.byteLength;
    return bytes > MOST_BYTES;
  });
  const taken = within === -1 ? rows : rows.slice(0, within + 1);
  return { rows: taken, isAll: taken.length === rows.length && rows.length < MOST_ROWS };
}

/** Tells the screens. What they miss they fetch again, so a failure here costs nobody a message. */
export async function announce(
  { live, log }: Pick<WebhookServices, 'live' | 'log'>,
  inbox: Inbox,
  changes: readonly LiveChange[],
): Promise<void> {
  if (changes.length > 0) {
    await live.publish(inbox, [...changes]).catch((error) => {
      log.error({ account: inbox.accountId, err: error }, 'a live update failed');
    });
  }
}
