/** Meta's limits, in messages a second: of a number, and of one that the WhatsApp app on a phone has, too. */
export const NUMBER_LIMIT = 80;
export const PHONE_APP_LIMIT = 20;
const NUMBER_SPAN_MS = 1_000;
const PAIR_EVERY_MS = 6_000;
const PAIR_BURST = 45;
const PAIRS_KEPT = 10_000;

/** How fast one number may send: in all, and to one recipient. In memory; times in milliseconds. */
export type Pace = {
  /** From now on the number may send so many messages a second. */
  limitTo(limit: number): void;
  /** How many messages may leave now. */
  allowance(now: number): number;
  /** When one more may leave; `now` if at once, or if an answer that is on its way has to come first. */
  readyAt(now: number): number;
  /** When this recipient may get another one; not later than `now` when that is at once. */
  recipientReadyAt(recipient: number, now: number): number;
  start(recipient: number, now: number): void;
  /** A message that was started was answered, or given up. */
  finish(now: number): void;
};

/**
 * Meta's limits: `limit` messages a second for a number, and for a pair one every 6 s with a burst of 45.
 *
 * Meta counts a message somewhere between our request and its answer. So a message takes its place from the
 * request until a second after the answer: then no second of Meta's can hold more, however the network bunches
 * them. The pair is a leaky bucket that remembers one moment a recipient.
 */
export function createPace(limit = NUMBER_LIMIT): Pace {
  const answered: number[] = [];
  const emptyAt = new Map<number, number>();
  let most = limit;
  let underWay = 0;

  const places = (now: number) => {
    const recent = answered.findIndex((at) => now - at < NUMBER_SPAN_MS);
    answered.splice(0, recent === -1 ? answered.length : recent);
    return most - underWay - answered.length;
  };

  return {
    limitTo(newLimit) {
      most = newLimit;
    },
    allowance: places,
    readyAt(now) {
      const free = places(now);
      const [first] = answered;
      return free > 0 || first === undefined ? now : first + NUMBER_SPAN_MS;
    },
    recipientReadyAt(recipient, now) {
      return (emptyAt.get(recipient) ?? now) - (PAIR_BURST - 1) * PAIR_EVERY_MS;
    },
    start(recipient, now) {
      underWay += 1;
      emptyAt.set(recipient, Math.max(emptyAt.get(recipient) ?? 0, now) + PAIR_EVERY_MS);
      if (emptyAt.size > PAIRS_KEPT) {
        dropEmpty(emptyAt, now);
      }
    },
    finish(now) {
      underWay -= 1;
      answered.push(now);
    },
  };
}

function dropEmpty(emptyAt: Map<number, number>, now: number): void {
  for (const [recipient, at] of emptyAt) {
    if (at <= now) {
      emptyAt.delete(recipient);
    }
  }
}
