import { isDamage } from '#src/db/damage.ts';
import type { Inbox } from '#src/db/inbox.ts';
import type { Services } from '#src/services.ts';
import { type Outcome, type Settled, type Settlement, settleOutcomes } from './outcome-settle.ts';

/** Writes outcomes in groups: all that wait when the account's queue gets to it share one fsync. */
export type OutcomeWriter = {
  /** Resolves when it is on the disk and on its way to the screens. */
  write(inbox: Inbox, outcome: Outcome): Promise<void>;
};

type Parts = Pick<Services, 'live' | 'log' | 'now'>;

const RETRY_MS = 5_000;

/** Until an outcome is written its row stands as being sent, so a full disk is waited for, however long. */
export function createOutcomeWriter(
  parts: Parts,
  onSettled: (settled: readonly Settled[]) => void,
): OutcomeWriter {
  const waiting: Outcome[] = [];
  let group: Promise<void> | null = null;

  async function writeGroup(inbox: Inbox): Promise<void> {
    const { settled, unwritten, error } = await inbox.turn(async (commit) => {
      group = null;
      const outcomes = waiting.splice(0);
      const clock = { now: parts.now(), random: Math.random };
      return settleOutcomes(inbox, commit, outcomes, clock).catch(
        (error): Settlement => ({ settled: [], unwritten: outcomes, error }),
      );
    });
    await publish(parts, inbox, settled);
    onSettled(settled);
    if (unwritten.length > 0 && isDamage(error)) {
      throw error;
    } else if (unwritten.length > 0) {
      parts.log.error(
        { database: inbox.name, err: error },
        'what became of sent messages cannot be written yet',
      );
      await new Promise((resume) => setTimeout(resume, RETRY_MS).unref());
      waiting.push(...unwritten);
      await startGroup(inbox);
    }
  }

  function startGroup(inbox: Inbox): Promise<void> {
    group ??= writeGroup(inbox).catch((error) => {
      // The database is closed. What is not written stands as being sent, and is unknown when it is opened again.
      waiting.length = 0;
      group = null;
      throw error;
    });
    return group;
  }

  return {
    write(inbox, outcome) {
      waiting.push(outcome);
      return startGroup(inbox);
    },
  };
}

async function publish({ live, log }: Parts, inbox: Inbox, settled: readonly Settled[]): Promise<void> {
  if (settled.length > 0) {
    await live
      .publish(
        inbox,
        settled.map(({ change }) => change),
      )
      .catch((error) => log.error({ database: inbox.name, err: error }, 'a live update failed'));
  }
}
