import { createRecent } from '#src/http/recent.ts';

/** Tries that do not count as guessing: a typing mistake or two, an office behind one address. */
const FREE = { person: 3, address: 20 };
const FIRST_DELAY_MS = 1_000;
/** Short enough to hold a request open, long enough that guessing comes to nothing. */
const LONGEST_MS = 8_000;
const FORGOTTEN_AFTER_MS = 15 * 60_000;
const REMEMBERED = 10_000;

type Tries = { count: number /** When the last of them had its turn. */; lastTurnAt: number };

export type Turn =
  /** Wait so long, then try; call `succeeded` if the password fits. */
  | { isRefused: false; waitMs: number; succeeded(): void }
  /** Too many are waiting already. */
  | { isRefused: true; retryAfterMs: number };

export type SignInDelay = { take(email: string, address: string): Turn };

/**
 * Slows guessing down: each try counts until it turns out right, and the more there were, the longer the next one
 * waits, one after the other. Counted by e-mail at an address and by address, so that nobody is ever locked out,
 * least of all by somebody elsewhere.
 */
export function createSignInDelay(now: () => number): SignInDelay {
  const people = createRecent<Tries>(REMEMBERED);
  const addresses = createRecent<Tries>(REMEMBERED);

  return {
    take(email, address) {
      const at = now();
      const person = `${email} ${address}`;
      const byPerson = current(people.get(person), at);
      const byAddress = current(addresses.get(address), at);
      const turnAt = Math.max(at, nextTurn(byPerson, FREE.person), nextTurn(byAddress, FREE.address));
      if (turnAt - at > LONGEST_MS) {
        return { isRefused: true, retryAfterMs: turnAt - at };
      }
      people.set(person, { count: byPerson.count + 1, lastTurnAt: turnAt });
      addresses.set(address, { count: byAddress.count + 1, lastTurnAt: turnAt });
      return {
        isRefused: false,
        waitMs: turnAt - at,
        succeeded() {
          people.delete(person);
          const counted = addresses.get(address);
          if (counted) {
            addresses.set(address, { ...counted, count: Math.max(0, counted.count - 1) });
          }
        },
      };
    },
  };
}

/** What was counted, unless it is long ago, or the clock was set back since. */
function current(tries: Tries | undefined, at: number): Tries {
  const counts = tries && at - tries.lastTurnAt < FORGOTTEN_AFTER_MS && tries.lastTurnAt - at <= LONGEST_MS;
  return counts ? tries : { count: 0, lastTurnAt: 0 };
}

/** When the next try may be made; free ones never wait, not even behind somebody who does. */
function nextTurn({ count, lastTurnAt }: Tries, free: number): number {
  const delay = FIRST_DELAY_MS * 2 ** Math.min(count - free, 10);
  return count < free ? 0 : lastTurnAt + Math.min(LONGEST_MS, delay);
}
