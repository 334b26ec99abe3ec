import { steady } from '#src/steady.ts';
import { createAlarm } from './delivery-alarm.ts';
import { createBreaker } from './delivery-breaker.ts';
import { type DeliveryParts, post } from './delivery-post.ts';
import { createRounds } from './delivery-rounds.ts';
import { type Claim, claimDue, type Order } from './outbox-claim.ts';
import type { Settled } from './outcome-settle.ts';
import { createOutcomeWriter } from './outcome-writer.ts';
import { createPace, NUMBER_LIMIT, PHONE_APP_LIMIT } from './pace.ts';
import { createReceiptWorker } from './receipt-delivery.ts';
import { createUploadWorker } from './upload-delivery.ts';

/** Sends what one number has to send. */
export type NumberWorker = {
  /** There may be something to do. */
  poke(): void;
  /** Meta asked for silence. */
  holdUntil(at: number): void;
  /** Resolves when nothing is on its way and nothing more can be done now. */
  idle(): Promise<void>;
  /** Claims nothing more, and resolves when nothing is on its way. */
  stop(): Promise<void>;
};

type Place = { accountId: number; numberId: number };
/** What the account has to know of. */
export type Told = {
  settled: (settled: readonly Settled[]) => void;
  /** Something waits for a later moment now, which no look at the account has seen yet. */
  putOff: () => void;
};

/** Enough for Meta's 80 a second at a fifth of a second an answer, and few enough to lose sight of in a crash. */
const MOST_IN_FLIGHT = 24;
const AFTER_TROUBLE_MS = 5_000;

export function createNumberWorker(
  parts: DeliveryParts,
  place: Place,
  { settled: onSettled, putOff }: Told,
): NumberWorker {
  const { accounts, counts, live, log, now, phase } = parts;
  const { accountId, numberId } = place;
  // Until it is read whether a phone has the number, too.
  const pace = createPace(PHONE_APP_LIMIT);
  const breaker = createBreaker();
  const span = steady(now);
  const underWay = new Set<Promise<void>>();
  const writer = createOutcomeWriter(parts, onSettled);
  const rounds = createRounds(round, (error) => {
    log.error({ account: accountId, number: numberId, err: error }, 'a round of sending failed');
    alarm.setFor(span() + AFTER_TROUBLE_MS);
  });
  const alarm = createAlarm(span, () => {
    rounds.ask();
    receipts.ask();
  });
  const receipts = createReceiptWorker(parts, place, {
    isHeld: () => span() < heldUntil,
    putOff,
    troubled: () => alarm.setFor(span() + AFTER_TROUBLE_MS),
  });
  const uploads = createUploadWorker(parts, place, {
    span,
    heldUntil: () => heldUntil,
    uploaded: rounds.ask,
    settled: onSettled,
  });
  let heldUntil = 0;

  async function round(): Promise<void> {
    const at = span();
    const limit = room(at);
    if (limit < 1) {
      alarm.setFor(nextChance(at));
      return;
    }
    const claimed = await accounts.use(accountId, async (inbox) => {
      const claimed = await claimDue(inbox, { numberId, limit, ...onTheClock() });
      if (claimed.sender) {
        pace.limitTo(claimed.sender.isOnPhoneApp ? PHONE_APP_LIMIT : NUMBER_LIMIT);
      }
      for (const claim of claimed.claims) {
        pace.start(claim.row.conversationId, at);
        track(send(claim));
      }
      if (claimed.changes.length > 0) {
        await live.publish(inbox, claimed.changes);
      }
      return claimed;
    });
    if (claimed.uploads) {
      uploads.ask();
    }
    if (claimed.hasPutOff) {
      putOff();
    }
    if (claimed.claims.length === limit || claimed.hasPassedOver) {
      rounds.ask();
    }
  }

  /** What is claimed is stored by the clock itself, and so is the moment at which somebody may get another one. */
  function onTheClock(): Pick<Order, 'now' | 'pace'> {
    const [clock, at] = [now(), span()];
    const recipientReadyAt = (recipient: number) => clock + pace.recipientReadyAt(recipient, at) - at;
    return { now: clock, pace: { recipientReadyAt } };
  }

  function room(at: number): number {
    return phase.draining || at < heldUntil
      ? 0
      : Math.min(MOST_IN_FLIGHT - underWay.size, pace.allowance(at), breaker.allowance(at, underWay.size));
  }

  /** Null: what is under way will ask again when it ends. */
  function nextChance(at: number): number | null {
    const moments = [heldUntil, breaker.readyAt(), pace.readyAt(at)].filter((moment) => moment > at);
    return phase.draining || moments.length === 0 ? null : Math.max(...moments);
  }

  function track(work: Promise<void>): void {
    const tracked = work
      .catch((error) => log.error({ account: accountId, number: numberId, err: error }, 'a send went wrong'))
      .finally(() => {
        underWay.delete(tracked);
        rounds.ask();
      });
    underWay.add(tracked);
  }

  function send(claim: Claim): Promise<void> {
    return accounts.use(accountId, async (inbox) => {
      const outcome = await post(parts, accountId, claim);
      counts.sends[outcome.kind] += 1;
      pace.finish(span());
      breaker.note(outcome.kind === 'accepted' || outcome.kind === 'refused', span());
      if ('restMs' in outcome && outcome.restMs) {
        heldUntil = Math.max(heldUntil, span() + outcome.restMs);
      }
      await writer.write(inbox, { claim, outcome });
    });
  }

  async function idle(): Promise<void> {
    do {
      await Promise.all([rounds.idle(), receipts.idle(), uploads.idle(), ...underWay]);
    } while (rounds.isBusy() || uploads.isBusy() || underWay.size > 0);
  }

  return {
    poke() {
      rounds.ask();
      receipts.ask();
      uploads.ask();
    },
    holdUntil(at) {
      heldUntil = Math.max(heldUntil, span() + at - now());
      // Sets the alarm for the end of it: read receipts wait for that too.
      rounds.ask();
    },
    idle,
    async stop() {
      alarm.cancel();
      rounds.stop();
      receipts.stop();
      uploads.stop();
      await idle();
    },
  };
}
