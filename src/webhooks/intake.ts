import { setTimeout as pause } from 'node:timers/promises';
import type { Inbox } from '#src/db/inbox.ts';
import { AccountUnavailable } from '#src/errors.ts';
import type { LiveChange } from '#src/live/change.ts';
import { beginRun } from '#src/ops/counts.ts';
import { tendAfterRun, tendWhenIdle } from '#src/search/tend.ts';
import { nextTurn } from './group-commit.ts';
import { pendingRows } from './pending-rows.ts';
import { circumstancesOf, takeIn } from './take-in.ts';
import type { WebhookServices } from './webhook-services.ts';

const RETRY_MS = 5_000;
/**
 * A run that took in everything is followed by a rest, so many times as long as itself. What runs write is mostly the
 * same pages of each index, however many messages they take in: under load fewer and larger ones do the same with less.
 */
const REST = 2;
const LONGEST_REST_MS = 100;

/**
 * One an account: `again` says that something came while it ran; up to the id `seen` nothing waits, so that what could
 * not be taken in and stays is not walked over by every run.
 */
type Loop = {
  running: Promise<void> | null;
  again: boolean;
  restsUntil: number;
  seen: number;
  /** Nothing could be written: until it rings nothing is tried, whatever comes. */
  retry: NodeJS.Timeout | null;
};
const loops = new WeakMap<Inbox, Loop>();

/** Has everything that is pending taken in, soon and outside the caller's way. */
export function wakeIntake(services: WebhookServices, inbox: Inbox): void {
  const loop = loops.get(inbox) ?? { running: null, again: false, restsUntil: 0, seen: 0, retry: null };
  loops.set(inbox, loop);
  loop.again = true;
  if (loop.retry !== null) {
    return;
  }
  loop.running ??= run(services, inbox, loop).finally(() => {
    loop.running = null;
    // Something may have come after the run had looked for the last time.
    if (loop.again && !services.phase.draining) {
      wakeIntake(services, inbox);
    }
  });
}

/** The same, of what waits again though it was looked at before: what was to be tried again, and could not be written. */
export function wakeIntakeAnew(services: WebhookServices, inbox: Inbox): void {
  const loop = loops.get(inbox);
  if (loop) {
    loop.seen = 0;
  }
  wakeIntake(services, inbox);
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
    loop.retry = setTimeout(() => {
      loop.retry = null;
      wakeIntake(services, inbox);
    }, RETRY_MS).unref();
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
    isAll = await takeInPending(services, inbox, loop);
    await tendAfterRun(services, inbox);
    const now = performance.now();
    loop.restsUntil = isAll ? now + Math.min(LONGEST_REST_MS, REST * (now - began)) : now;
  }
}

/** Takes in one run, and tells whether that was all. */
async function takeInPending(services: WebhookServices, inbox: Inbox, loop: Loop): Promise<boolean> {
  const endRun = beginRun(services.counts, services.now);
  return announcing(services, inbox, async (onChanges) => {
    const { taken, isAll } = await inbox.turn(async (commit) => {
      const { rows, isAll, upTo } = pendingRows(inbox, { after: loop.seen });
      const place = { inbox, commit, now: services.now(), onChanges };
      const taken = await takeIn(circumstancesOf(services, place), rows);
      const areAll = taken.length === rows.length;
      loop.seen = areAll ? upTo : (taken.at(-1)?.id ?? loop.seen);
      return { taken, isAll: isAll && areAll };
    });
    endRun(taken);
    return isAll;
  });
}

/**
 * Tells the screens what `work` took in, once its turn is over: also when it broke off, since what is in by then changes
 * nothing when it is tried again, and would never be told.
 */
export async function announcing<Result>(
  services: Pick<WebhookServices, 'live' | 'log'>,
  inbox: Inbox,
  work: (onChanges: (changes: readonly LiveChange[]) => void) => Promise<Result>,
): Promise<Result> {
  const changes: LiveChange[] = [];
  try {
    return await work((some) => changes.push(...some));
  } finally {
    await announce(services, inbox, changes);
  }
}

/** What screens miss they fetch again, so a failure here costs nobody a message. */
async function announce(
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
