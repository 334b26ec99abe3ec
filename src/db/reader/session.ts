import type { Answer, Job, ReaderAnswer, ReaderRequest } from './protocol.ts';
import { startReaderThread } from './thread.ts';

type Hold = { path: string; release: () => void; timer: NodeJS.Timeout | undefined };

/** A reading thread, and the accounts that stay open because it has their databases open. */
export type Session = {
  /** Null when the thread ended before it answered. One at a time. */
  ask(request: ReaderRequest): Promise<ReaderAnswer | null>;
  holds(accountId: number): boolean;
  /** Takes over a pin: it is released when the thread has let go of the database. */
  hold(accountId: number, path: string, release: () => void): void;
  /** Has `letGo` called when the account was not read from again for a while. */
  keep(accountId: number): void;
  /** The thread has closed this database by itself. */
  dropped(accountId: number): void;
  letGo(accountId: number): Promise<void>;
  /** The account that was not read from for the longest, when there are more than `most`. */
  surplus(most: number): number | undefined;
  /** Lets the thread finish and end; resolves when it is gone, and nothing is held any more. */
  end(): Promise<void>;
};

type Options = {
  libraries: string | null;
  keptMs: number;
  /** Called when an account was not read from for `keptMs`. */
  unused: (accountId: number) => void;
};

export function openSession({ libraries, keptMs, unused }: Options): Session {
  const thread = startReaderThread(libraries);
  const held = new Map<number, Hold>();
  let asked = 0;

  function dropped(accountId: number): void {
    const hold = held.get(accountId);
    clearTimeout(hold?.timer);
    held.delete(accountId);
    hold?.release();
  }

  return {
    ask: (request) => thread.ask(request),
    holds: (accountId) => held.has(accountId),
    hold(accountId, path, release) {
      held.set(accountId, { path, release, timer: undefined });
    },
    keep(accountId) {
      const hold = held.get(accountId);
      if (hold) {
        clearTimeout(hold.timer);
        hold.timer = setTimeout(unused, keptMs, accountId).unref();
        // The one used last stands last.
        held.delete(accountId);
        held.set(accountId, hold);
      }
    },
    dropped,
    async letGo(accountId) {
      const hold = held.get(accountId);
      if (hold) {
        asked += 1;
        await thread.ask({ id: -asked, do: 'let go', path: hold.path });
        dropped(accountId);
      }
    },
    surplus: (most) => (held.size > most ? held.keys().next().value : undefined),
    async end() {
      for (const { timer } of held.values()) {
        clearTimeout(timer);
      }
      await thread.end();
      for (const accountId of [...held.keys()]) {
        dropped(accountId);
      }
    },
  };
}

/** What was answered; throws what the job threw, with the same code. */
export function answerOf<J extends Job>(job: J, answer: ReaderAnswer): Answer<J> {
  if (!answer.ok) {
    throw Object.assign(new Error(`${job} failed: ${answer.error}`), { code: answer.code });
  }
  return answer.answer as Answer<J>;
}
