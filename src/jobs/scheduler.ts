import type { Fetching } from '#src/attachments/fetch.ts';
import { AccountUnavailable } from '#src/errors.ts';
import type { Delivery } from '#src/messages/delivery.ts';
import { tendWhenIdle } from '#src/search/tend.ts';
import type { Services } from '#src/services.ts';
import { steady } from '#src/steady.ts';
import type { Syncing } from '#src/templates/syncing.ts';
import { purgeUnrouted } from '#src/webhooks/unrouted.ts';
import { housekeep } from './housekeeping.ts';
import { createSweeping } from './sweeping.ts';
import { dueAccounts, setBackSinceLast, setBackWakeups } from './wakeups.ts';

/** Opens accounts when something in them falls due, and closes those nobody needs. */
export type Scheduler = {
  /** One look around; resolves when every due account was seen to. */
  tick(): Promise<void>;
  /**
   * Opens what a crash left, looks around now and every minute; resolves after the first look. `reopened` is called
   * in between, with how many of what a crash left could not be opened.
   */
  start(reopened?: (unavailable: number) => void): Promise<void>;
  stop(): Promise<void>;
};

export type SchedulerParts = Pick<Services, 'control' | 'accounts' | 'vault' | 'now' | 'log'> & {
  delivery: Pick<Delivery, 'poke'>;
  fetching: Pick<Fetching, 'poke'>;
  templates: Pick<Syncing, 'poke'>;
};

const EVERY_MS = 60_000;
const DAY_MS = 24 * 60 * 60_000;

/** Within an open account delivery keeps its own time: the scheduler is for those that are closed. */
export function createScheduler(parts: SchedulerParts): Scheduler {
  const { control, accounts, delivery, fetching, templates, now, log } = parts;
  const span = steady(now);
  const tidiedAt = new Map<number, number>();
  const sweeping = createSweeping(parts);
  let lookedAt: number | null = null;
  let known: ReadonlySet<number> = new Set();
  let timer: NodeJS.Timeout | null = null;
  let looking: Promise<void> | null = null;
  let stopped = false;

  async function followClock(): Promise<void> {
    const at = now();
    const back = lookedAt === null ? await setBackSinceLast(control, at) : Math.max(0, lookedAt - at);
    if (back > 0) {
      await setBackWakeups(control, back);
    }
    lookedAt = at;
  }

  async function look(): Promise<void> {
    await followClock();
    await purgeUnrouted(control, now());
    await accounts.closeIdle();
    const open = new Set(accounts.openNow());
    // What falls due before the next look is opened now, and then keeps its own time.
    const due = await dueAccounts(control, now() + EVERY_MS);
    const asleep = due.filter((accountId) => !open.has(accountId));
    const justOpened = [...open].filter((accountId) => !known.has(accountId));
    for (const accountId of new Set([...asleep, ...justOpened, ...untidied(open)])) {
      if (!stopped) {
        await seeTo(accountId);
        // Awaiting a database never lets the event loop turn by itself.
        await new Promise((resume) => setImmediate(resume));
      }
    }
    known = new Set(accounts.openNow());
  }

  function untidied(open: ReadonlySet<number>): number[] {
    return [...open].filter((accountId) => span() - (tidiedAt.get(accountId) ?? 0) >= DAY_MS);
  }

  async function seeTo(accountId: number): Promise<void> {
    try {
      await accounts.use(accountId, async (inbox) => {
        await housekeep(parts.vault, inbox, now());
        tendWhenIdle(parts, inbox);
      });
      tidiedAt.set(accountId, span());
      sweeping.due(accountId);
      delivery.poke(accountId);
      fetching.poke(accountId);
      templates.poke(accountId);
    } catch (error) {
      // Opening has already said why; the others go on.
      if (!(error instanceof AccountUnavailable)) {
        log.error({ account: accountId, err: error }, 'a due account could not be seen to');
      }
    }
  }

  function tick(): Promise<void> {
    looking ??= look()
      .catch((error) => log.error({ err: error }, 'looking for due accounts failed'))
      .finally(() => {
        looking = null;
      });
    return looking;
  }

  return {
    tick,
    async start(reopened) {
      const unavailable = await accounts.reopenInterrupted();
      reopened?.(unavailable);
      timer = setInterval(() => void tick(), EVERY_MS);
      await tick();
    },
    async stop() {
      stopped = true;
      if (timer) {
        clearInterval(timer);
      }
      await looking;
      await sweeping.stop();
    },
  };
}
