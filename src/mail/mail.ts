import { setTimeout as pause } from 'node:timers/promises';
import { createQueue } from '#src/db/queue.ts';
import type { Services } from '#src/services.ts';
import { steady } from '#src/steady.ts';
import { attempt } from './attempt.ts';
import { firstDue, nextDue, purgeMails } from './due.ts';
import { createPost } from './post.ts';

/** Sends what waits in control.db's `mails`, one letter at a time. */
export type Mail = {
  /** Whether a mail server is configured. Without one nothing is to be queued. */
  canSend: boolean;
  /** Begins with what waits. Before that, as in a command, letters are only queued. */
  start(): void;
  /** A letter may be due: to be called after the commit that queued one. */
  wake(): void;
  /** Tries this one now, also in a pause; resolves when something has come of it. */
  tryNow(id: number): Promise<void>;
  /** Resolves when nothing is being sent and nothing more is due now. */
  idle(): Promise<void>;
  /** Begins nothing new, and gives what is being sent a few seconds. What was not settled then is sent at the next start. */
  stop(): Promise<void>;
};

export type MailParts = Pick<Services, 'config' | 'control' | 'keyring' | 'now' | 'log'> & {
  /** Told to stop: nothing new is begun. */
  isDraining: () => boolean;
};

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const GRACE_MS = 5_000;

export function createMail(parts: MailParts): Mail {
  const { config, control, now, log, isDraining } = parts;
  const settings = config.mail;
  const name = config.url === null ? null : new URL(config.url).hostname;
  const post = settings && createPost(settings, name);
  const sending = createQueue();
  const ending = new AbortController();
  const span = steady(now);
  let isRunning = false;
  let timer: NodeJS.Timeout | null = null;
  let round: Promise<void> | null = null;
  let isAskedAgain = false;
  /** A server that refuses everything is asked with one letter a minute: some lock out who comes too often. */
  let pausedUntil = Number.NEGATIVE_INFINITY;
  let tidiedAt = Number.NEGATIVE_INFINITY;

  const mayBegin = () => isRunning && !isDraining();

  function tried(id: number): Promise<void> {
    return sending.run(async () => {
      if (settings && post && mayBegin()) {
        const result = await attempt({ ...parts, settings, post, ending: ending.signal }, id);
        pausedUntil = result === 'all-refused' ? span() + MINUTE_MS : Number.NEGATIVE_INFINITY;
      }
    });
  }

  async function sendDue(): Promise<void> {
    while (settings && mayBegin() && span() >= pausedUntil) {
      const id = await firstDue(control, now());
      if (id === null) {
        return;
      }
      await tried(id);
    }
  }

  async function tidy(): Promise<void> {
    if (span() - tidiedAt >= DAY_MS) {
      await purgeMails(control, now());
      tidiedAt = span();
    }
  }

  async function goRound(): Promise<void> {
    do {
      isAskedAgain = false;
      await tidy();
      await sendDue();
    } while (isAskedAgain && mayBegin());
  }

  /** Waits for the next letter, and no longer than a minute: the clock may be moved meanwhile, or nothing can be read now. */
  async function setTimer(): Promise<void> {
    const due = settings && (await nextDue(control).catch(unread));
    const wait = Math.min(
      MINUTE_MS,
      Math.max(0, (due ?? Number.POSITIVE_INFINITY) - now(), pausedUntil - span()),
    );
    if (isRunning) {
      timer = setTimeout(wake, wait);
      timer.unref();
    }
  }

  function unread(err: unknown): null {
    log.error({ err }, 'when the next letter is due could not be read');
    return null;
  }

  function wake(): void {
    isAskedAgain = true;
    if (round === null && mayBegin()) {
      if (timer) {
        clearTimeout(timer);
      }
      round = goRound()
        .catch((err) => {
          log.error({ err }, 'the letters that wait could not be looked at');
          pausedUntil = span() + MINUTE_MS;
        })
        .then(setTimer)
        .finally(() => {
          round = null;
          if (isAskedAgain) {
            wake();
          }
        });
    }
  }

  async function idle(): Promise<void> {
    while (round !== null) {
      await round;
    }
    await sending.idle();
  }

  return {
    canSend: settings !== null,
    start() {
      isRunning = true;
      wake();
    },
    wake,
    async tryNow(id) {
      await tried(id).catch((err) => log.error({ mail: id, err }, 'a letter could not be tried'));
      wake();
    },
    idle,
    async stop() {
      isRunning = false;
      if (timer) {
        clearTimeout(timer);
      }
      await Promise.race([idle(), pause(GRACE_MS, null, { ref: false })]);
      ending.abort();
      await idle();
    },
  };
}
