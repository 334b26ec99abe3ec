import type { Logger } from '#src/log.ts';
import type { RecoveredOutbox } from '#src/messages/outbox.ts';
import type { RecoveredJournal } from '#src/webhooks/recovery.ts';
import type { Leftovers } from './leftovers.ts';

/** What was settled in one account, or in several together. */
export type Recovered = RecoveredOutbox & RecoveredJournal;

/** What the start after a crash found and settled. */
export type PickUp = Recovered &
  Leftovers & {
    at: number;
    /** Accounts that were open when the process ended, and were opened again. */
    accounts: number;
    /** Those of them that could not be. */
    unavailable: number;
  };

/** Remembers what a crash had left and what was done about it, and says so in one line of the log. */
export type PickUps = {
  /** To be called when an account was opened and recovered. */
  opened(accountId: number, wasCutOff: boolean, recovered: Recovered): void;
  /**
   * To be called when a server starts, with what lay around. What it returns is called when everything that was open
   * at the crash has been opened again, or could not be: until then it is all one pick-up.
   */
  begin(leftovers: Leftovers): (unavailable: number) => void;
  /** Null when the process before had ended in good order. */
  last(): PickUp | null;
};

const nothing: Recovered = { takenIn: 0, setAside: 0, parked: 0, unknown: 0, settled: 0 };

export function createPickUps({ log, now }: { log: Logger; now: () => number }): PickUps {
  let together = nothing;
  let accounts = 0;
  let isStarting = false;
  let last: PickUp | null = null;

  return {
    opened(accountId, wasCutOff, recovered) {
      if (isStarting && wasCutOff) {
        accounts += 1;
        together = plus(together, recovered);
      } else if (isSomething(recovered)) {
        log.info({ account: accountId, ...recovered }, 'picked up what an account had left');
      }
    },
    begin(leftovers) {
      isStarting = true;
      return (unavailable) => {
        isStarting = false;
        const found = { ...together, ...leftovers, accounts, unavailable };
        if (isSomething(found)) {
          last = { at: now(), ...found };
          log.info(found, 'picked up after a crash');
        }
      };
    },
    last: () => last,
  };
}

function plus(one: Recovered, other: Recovered): Recovered {
  return {
    takenIn: one.takenIn + other.takenIn,
    setAside: one.setAside + other.setAside,
    parked: one.parked + other.parked,
    unknown: one.unknown + other.unknown,
    settled: one.settled + other.settled,
  };
}

const isSomething = (found: Readonly<Record<string, number>>) =>
  Object.values(found).some((each) => each > 0);
