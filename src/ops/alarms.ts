import type { Logger } from '#src/log.ts';

/** What is watched. */
export type Watched = 'wal' | 'memory' | 'disk';

/** What is not as it should be now, said in the log when it begins, once an hour while it lasts, and when it is over. */
export type Alarms = {
  /** `subject` tells several of one kind apart, such as an account's id. */
  raise(
    what: Watched,
    subject: string,
    said: { level: 'warn' | 'error'; about: object; words: string },
  ): void;
  clear(what: Watched, subject: string): void;
  /** Clears all of a kind but these: what is no longer looked at is over. */
  clearOthers(what: Watched, subjects: ReadonlySet<string>): void;
  raised(): Record<Watched, boolean>;
};

const AGAIN_MS = 60 * 60_000;

export function createAlarms({ log, now }: { log: Logger; now: () => number }): Alarms {
  const raised = new Map<string, { what: Watched; subject: string }>();
  /** Kept when it is over: one that comes and goes must not fill the log. */
  const saidAt = new Map<string, number>();

  function clear(what: Watched, subject: string): void {
    if (raised.delete(nameOf(what, subject))) {
      log.info({ alarm: what, subject }, 'an alarm is over');
    }
  }

  return {
    raise(what, subject, { level, about, words }) {
      const name = nameOf(what, subject);
      raised.set(name, { what, subject });
      if (now() - (saidAt.get(name) ?? Number.NEGATIVE_INFINITY) >= AGAIN_MS) {
        saidAt.set(name, now());
        log[level]({ alarm: what, ...about }, words);
      }
    },
    clear,
    clearOthers(what, subjects) {
      for (const one of [...raised.values()]) {
        if (one.what === what && !subjects.has(one.subject)) {
          clear(what, one.subject);
        }
      }
    },
    raised() {
      const kinds = new Set([...raised.values()].map((one) => one.what));
      return { wal: kinds.has('wal'), memory: kinds.has('memory'), disk: kinds.has('disk') };
    },
  };
}

const nameOf = (what: Watched, subject: string) => `${what} ${subject}`;
