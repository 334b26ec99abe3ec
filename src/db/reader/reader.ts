import type { OpenAccounts } from '#src/accounts/open-accounts.ts';
import { inTime } from '#src/ops/in-time.ts';
import { inboxPath } from '../inbox.ts';
import { createQueue } from '../queue.ts';
import type { Answers, Job, ReaderAnswer, ReaderRequest } from './protocol.ts';
import { type ReaderThread, startReaderThread } from './thread.ts';

export type Reader = {
  /**
   * Reads from an account's database in a thread of its own. Throws `AccountUnavailable`, what the job threw, or
   * that it took too long.
   */
  read<J extends Job>(accountId: number, job: J, timeMs?: number): Promise<Answers[J]>;
  /** Waits for what is being read. Call it before the databases are closed. */
  stop(): Promise<void>;
};

type Options = {
  dataFolder: string;
  /** Where the executable has unpacked its libraries; null in the sources. */
  libraries: string | null;
  accounts: Pick<OpenAccounts, 'pin'>;
};

const TIME_LIMIT_MS = 30_000;
/** How many threads may still be busy with what nobody waits for any more. */
const MOST_LEFT_BEHIND = 2;

/** Long reads, one after the other, in a thread that is started when needed and replaced when it fails. */
export function createReader({ dataFolder, libraries, accounts }: Options): Reader {
  const queue = createQueue();
  const leftBehind = new Set<Promise<void>>();
  let thread: ReaderThread | null = null;
  let asked = 0;

  async function ask(job: Job, database: ReaderRequest['database'], timeMs: number): Promise<ReaderAnswer> {
    if (leftBehind.size >= MOST_LEFT_BEHIND) {
      throw new Error('the reading threads are still busy with what took too long');
    }
    asked += 1;
    thread ??= startReaderThread(libraries);
    const answer = await inTime(thread.ask({ id: asked, job, database }), timeMs);
    if (answer === null || answer === 'late') {
      throw new Error(
        answer === 'late' ? `${job} took longer than ${timeMs} ms` : 'the reading thread ended',
      );
    }
    return answer;
  }

  /** Resolves when the thread has let go of every database. */
  function leaveBehind(last: ReaderThread): Promise<void> {
    thread = null;
    const gone = last.end();
    leftBehind.add(gone);
    return gone.finally(() => leftBehind.delete(gone));
  }

  return {
    async read<J extends Job>(accountId: number, job: J, timeMs = TIME_LIMIT_MS) {
      // The account stays open until the thread has let go of it: the last connection to close is the writer's.
      const { inbox, release } = await accounts.pin(accountId);
      const database = { path: inboxPath(dataFolder, accountId), key: inbox.keys.database };
      let free = Promise.resolve();
      try {
        const answer = await queue.run(() =>
          ask(job, database, timeMs).catch((error) => {
            free = thread ? leaveBehind(thread) : free;
            throw error;
          }),
        );
        if (!answer.ok) {
          throw new Error(`${job} failed: ${answer.error}`);
        }
        return answer.answer as Answers[J];
      } finally {
        void free.then(release);
      }
    },
    async stop() {
      await queue.idle();
      if (thread) {
        void leaveBehind(thread);
      }
      await Promise.all(leftBehind);
    },
  };
}
