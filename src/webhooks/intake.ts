import { asc } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { journal } from '#src/db/schema/inbox/journal.ts';
import type { LiveChange } from '#src/live/change.ts';
import { nextTurn } from './group-commit.ts';
import { isPending, type PendingRow } from './journal-rows.ts';
import { circumstancesOf, takeIn } from './take-in.ts';
import type { WebhookServices } from './webhook-services.ts';

const MOST_ROWS = 500;
/** A change may hold a thousand messages: a run ends with the row that brings it over this. */
const MOST_BYTES = 2 * 1024 * 1024;
const RETRY_MS = 5_000;

/** One an account: `again` says that something came while it ran. */
type Loop = { running: Promise<void> | null; again: boolean };
const loops = new WeakMap<Inbox, Loop>();

/** Has everything that is pending taken in, soon and outside the caller's way. */
export function wakeIntake(services: WebhookServices, inbox: Inbox): void {
  const loop = loops.get(inbox) ?? { running: null, again: false };
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
  try {
    await services.accounts.use(inbox.accountId, async (open) => {
      while (loop.again && !services.phase.draining) {
        loop.again = false;
        await intake(services, open);
      }
    });
  } catch (error) {
    loop.again = false;
    services.log.error({ account: inbox.accountId, err: error }, 'webhooks wait to be taken in');
    setTimeout(() => wakeIntake(services, inbox), RETRY_MS).unref();
  }
}

/** Takes in what is pending, in runs, until nothing is. What it cannot write stays pending and is thrown. */
async function intake(services: WebhookServices, inbox: Inbox): Promise<void> {
  let taken = 0;
  do {
    await nextTurn();
    taken = services.phase.draining ? 0 : await takeInPending(services, inbox);
  } while (taken > 0);
}

async function takeInPending(services: WebhookServices, inbox: Inbox): Promise<number> {
  const { rows, changes } = await inbox.turn(async (commit) => {
    const rows = await pendingRows(inbox);
    const circumstances = circumstancesOf(services, inbox, commit, services.now());
    return { rows, changes: await takeIn(circumstances, rows) };
  });
  await announce(services, inbox, changes);
  return rows.length;
}

async function pendingRows({ sql }: Inbox): Promise<PendingRow[]> {
  const rows = await sql
    .select({ id: journal.id, field: journal.field, raw: journal.raw, receivedAt: journal.receivedAt })
    .from(journal)
    .where(isPending)
    .orderBy(asc(journal.id))
    .limit(MOST_ROWS);
  let bytes = 0;
  const within = rows.findIndex((row) => {
    bytes += row.raw.byteLength;
    return bytes > MOST_BYTES;
  });
  return within === -1 ? rows : rows.slice(0, within + 1);
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
