import type { OpenAccounts } from '#src/accounts/open-accounts.ts';
import { Busy, Late } from '#src/errors.ts';
import { inTime } from '#src/ops/in-time.ts';
import { type Inbox, inboxPath } from '../inbox.ts';
import { createQueue } from '../queue.ts';
import type { Answer, Input, Job, ReaderAnswer, ReaderRequest } from './protocol.ts';
import { answerOf, openSession, type Session } from './session.ts';

export type Reader = {
  /**
   * Reads from an account's database in a thread of its own. Throws `AccountUnavailable`, what the job threw,
   * `Late` when it took longer than `timeMs`, and `Busy` when too much is waiting or it waited too long.
   */
  read<J extends Job>(accountId: number, job: J, input: Input<J>, timeMs?: number): Promise<Answer<J>>;
  /** Closes an account's database in the thread, when what is being read is done. */
  letGo(accountId: number): Promise<void>;
  /** Waits for what is being read. Call it before the databases are closed. */
  stop(): Promise<void>;
};

type Options = {
  dataFolder: string;
  /** Where the executable has unpacked its libraries; null in the sources. */
  libraries: string | null;
  accounts: Pick<OpenAccounts, 'pin' | 'use'>;
  /** How long a database stays open in the thread after it was read from. */
  keptMs?: number;
};

const TIME_LIMIT_MS = 30_000;
const LONGEST_WAIT_MS = 5_000;
const KEPT_MS = 10_000;
/** How many databases stay open in the thread. */
const MOST_KEPT = 8;
/** How many requests of one account may wait at a time, so that no account holds up all the others. */
const MOST_WAITING = 16;
/** How many threads may still be busy with what nobody waits for any more. */
const MOST_LEFT_BEHIND = 2;

/** Reads, one after the other, in a thread that is started when needed and replaced when it fails. */
export function createReader({ dataFolder, libraries, accounts, keptMs = KEPT_MS }: Options): Reader {
  const queue = createQueue();
  const leftBehind = new Set<Promise<void>>();
  const waiting = new Map<number, number>();
  let session: Session | null = null;
  let asked = 0;

  function enter(accountId: number): () => void {
    const count = waiting.get(accountId) ?? 0;
    if (count >= MOST_WAITING || leftBehind.size >= MOST_LEFT_BEHIND) {
      throw new Busy('the reading thread has too much to do');
    }
    waiting.set(accountId, count + 1);
    return () => {
      const left = (waiting.get(accountId) ?? 1) - 1;
      left === 0 ? waiting.delete(accountId) : waiting.set(accountId, left);
    };
  }

  /** The account stays open as long as its database is open in the thread: the last to close is the writer. */
  async function sessionFor(accountId: number, path: string): Promise<Session> {
    session ??= openSession({ libraries, keptMs, unused: (id) => void queue.run(() => letGo(id)) });
    if (!session.holds(accountId)) {
      const { release } = await accounts.pin(accountId);
      session.hold(accountId, path, release);
    }
    return session;
  }

  async function letGo(accountId: number | undefined): Promise<void> {
    if (accountId !== undefined) {
      await session?.letGo(accountId);
    }
  }

  async function ask(
    accountId: number,
    request: Extract<ReaderRequest, { do: 'read' }>,
    timeMs: number,
  ): Promise<ReaderAnswer> {
    const current = await sessionFor(accountId, request.database.path);
    const answer = await inTime(current.ask(request), timeMs);
    if (answer === null || answer === 'late') {
      void leaveBehind(current);
      throw answer === null
        ? new Error('the reading thread ended')
        : new Late(`${request.job} took longer than ${timeMs} ms`);
    }
    answer.ok ? current.keep(accountId) : current.dropped(accountId);
    await letGo(current.surplus(MOST_KEPT));
    return answer;
  }

  function leaveBehind(last: Session): Promise<void> {
    session = null;
    const gone = last.end();
    leftBehind.add(gone);
    return gone.finally(() => leftBehind.delete(gone));
  }

  async function readFrom<J extends Job>(inbox: Inbox, job: J, input: Input<J>, timeMs: number) {
    const { accountId, keys } = inbox;
    const began = performance.now();
    const database = { path: inboxPath(dataFolder, accountId), key: keys.database };
    asked += 1;
    const request = { id: asked, do: 'read' as const, job, input, database };
    const answer = await queue.run(() => {
      if (performance.now() - began > LONGEST_WAIT_MS) {
        throw new Busy(`${job} waited too long for its turn`);
      }
      return ask(accountId, request, timeMs);
    });
    return answerOf(job, answer);
  }

  return {
    async read(accountId, job, input, timeMs = TIME_LIMIT_MS) {
      const leave = enter(accountId);
      try {
        return await accounts.use(accountId, (inbox) => readFrom(inbox, job, input, timeMs));
      } finally {
        leave();
      }
    },
    letGo: (accountId) => queue.run(() => letGo(accountId)),
    async stop() {
      await queue.idle();
      if (session) {
        void leaveBehind(session);
      }
      await Promise.all(leftBehind);
    },
  };
}
