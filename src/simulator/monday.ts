import { BUSY_MONDAY } from './busy-monday.ts';
import { createCustomer } from './customers.ts';
import { pause } from './deliveries.ts';
import { meet } from './meet.ts';
import { sendSample } from './samples/send-sample.ts';
import { announceAll, type World } from './world.ts';

/** A morning on which everybody writes at once. */
export type Monday = {
  /** How many messages have been written; null when it is not Monday. */
  done(): number | null;
  /** Customers write to this number, one after the other, for three minutes. */
  begin(phoneNumberId: string): void;
  end(): void;
};

const BETWEEN_MESSAGES = 7200;

export function createMonday(world: World): Monday {
  let running: { done: number } | null = null;

  async function play(run: { done: number }, phoneNumberId: string): Promise<void> {
    for (const { phone, name, text, file } of BUSY_MONDAY) {
      if (running !== run || world.stopping.signal.aborted) {
        return;
      }
      const customer = createCustomer(world, meet(world, phone, { name }));
      const sent = file
        ? sendSample(customer, phoneNumberId, file, { caption: text || undefined })
        : customer.say(phoneNumberId, text);
      await sent.catch(() => undefined);
      run.done += 1;
      announceAll(world);
      await pause(world, BETWEEN_MESSAGES);
    }
    if (running === run) {
      running = null;
      announceAll(world);
    }
  }

  return {
    done: () => running?.done ?? null,
    begin(phoneNumberId) {
      running = { done: 0 };
      // Nobody waits for it: it lasts three minutes, and `pause` ends it when the simulator stops.
      play(running, phoneNumberId).catch(() => undefined);
    },
    end() {
      running = null;
    },
  };
}
