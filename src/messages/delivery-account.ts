import { eq } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { accounts as accountRows } from '#src/db/schema/control.ts';
import { AccountUnavailable } from '#src/errors.ts';
import { endRestrictions } from '#src/numbers/restriction-end.ts';
import { isAboutTemplate } from '#src/whatsapp/errors.ts';
import { createAlarm } from './delivery-alarm.ts';
import { createNumberWorker, type NumberWorker } from './delivery-number.ts';
import type { DeliveryParts } from './delivery-post.ts';
import { createRounds } from './delivery-rounds.ts';
import { nextDue } from './outbox-next.ts';
import { setBackStatements } from './outbox-set-back.ts';
import { numbersToServe, waitingAt, waitingAtPaused } from './outbox-waiting.ts';
import type { Settled } from './outcome-settle.ts';
import { askAboutUnknown } from './resolution-grace.ts';

/** Sees to everything one account has to send, and to what became of it. */
export type AccountDelivery = {
  poke(): void;
  /** Resolves when nothing is on its way and nothing more can be done now. */
  idle(): Promise<void>;
  /** Claims nothing more, and resolves when nothing is on its way. */
  stop(): Promise<void>;
};

const AFTER_TROUBLE_MS = 30_000;

export function createAccountDelivery(
  parts: DeliveryParts,
  accountId: number,
  startedAt: number,
): AccountDelivery {
  const { accounts, control, live, log, now, phase } = parts;
  const workers = new Map<number, NumberWorker>();
  const rounds = createRounds(look, (error) => {
    if (!(error instanceof AccountUnavailable)) {
      log.error({ account: accountId, err: error }, 'looking for what is to be sent failed');
    }
    alarm.setFor(now() + AFTER_TROUBLE_MS);
  });
  const alarm = createAlarm(now, rounds.ask);
  let telling = Promise.resolve();
  let lookedAt = 0;
  let upSince = startedAt;
  /** Meta has asked for silence from the whole account. */
  let restsUntil = 0;

  async function look(): Promise<void> {
    if (phase.draining || !(await maySend())) {
      return;
    }
    const at = now();
    await accounts.use(accountId, async (inbox) => {
      await followClock(inbox, at);
      await live.publish(inbox, await askAboutUnknown(inbox, { now: at, startedAt: upSince }));
      if ((await endRestrictions(inbox, at)).length > 0) {
        await live.publish(inbox, waitingAt(inbox));
      }
      for (const id of numbersToServe(inbox, at)) {
        workerOf(id).poke();
      }
      alarm.setFor(await nextDue(inbox, { after: at, now: at, startedAt: upSince }));
    });
  }

  /** Set back since the last look: what waits for a moment of the clock waits no longer for that. */
  async function followClock(inbox: Inbox, at: number): Promise<void> {
    const back = Math.max(0, lookedAt - at);
    if (back > 0) {
      await inbox.write('normal', setBackStatements(inbox, back, at));
      // Each measures by a clock of its own, which notices only when it is looked at.
      for (const worker of workers.values()) {
        worker.poke();
      }
    }
    lookedAt = at;
    upSince -= back;
    restsUntil -= back;
  }

  /** A suspended account reads and receives; a cancelled one does not even that. */
  async function maySend(): Promise<boolean> {
    const [account] = await control.sql
      .select({ state: accountRows.state })
      .from(accountRows)
      .where(eq(accountRows.id, accountId))
      .limit(1);
    return account?.state === 'active';
  }

  function workerOf(numberId: number): NumberWorker {
    const known = workers.get(numberId);
    if (known) {
      return known;
    }
    const worker = createNumberWorker(
      parts,
      { accountId, numberId },
      { settled: onSettled, putOff: rounds.ask },
    );
    worker.holdUntil(restsUntil);
    workers.set(numberId, worker);
    return worker;
  }

  function onSettled(settled: readonly Settled[]): void {
    for (const { verdict, numberId } of settled) {
      if (verdict.to === 'queued' && verdict.hold === 'account') {
        restsUntil = Math.max(restsUntil, verdict.notBefore);
        workers.values().forEach((worker) => void worker.holdUntil(verdict.notBefore));
      } else if (verdict.to === 'queued' && verdict.hold === 'number') {
        workerOf(numberId).holdUntil(verdict.notBefore);
      }
    }
    if (settled.some(({ verdict }) => verdict.to === 'failed' && isAboutTemplate(verdict.error.code))) {
      parts.templates.renew(accountId);
    }
    if (settled.some(({ verdict }) => verdict.to !== 'accepted')) {
      rounds.ask();
    }
    if (settled.some(({ verdict }) => verdict.to === 'queued' && verdict.pause !== null)) {
      telling = telling.then(tellPaused);
    }
  }

  /** Whoever has something waiting is told why, not only whose message was refused. */
  async function tellPaused(): Promise<void> {
    await accounts
      .use(accountId, (inbox) => live.publish(inbox, waitingAtPaused(inbox)))
      .catch((err) => log.error({ account: accountId, err }, 'telling of a paused number failed'));
  }

  async function idle(): Promise<void> {
    // What a worker brings about may give this account another look, and that one the worker more to do.
    do {
      await rounds.idle();
      await Promise.all([...workers.values()].map((worker) => worker.idle()));
      await telling;
    } while (rounds.isBusy());
  }

  return {
    poke: rounds.ask,
    idle,
    async stop() {
      alarm.cancel();
      rounds.stop();
      await Promise.all([...workers.values()].map((worker) => worker.stop()));
      await idle();
    },
  };
}
