import { type AccountDelivery, createAccountDelivery } from './delivery-account.ts';
import type { DeliveryParts } from './delivery-post.ts';
import { createTyping, type Typing } from './receipt-typing.ts';

/** Sends what waits in the outboxes of all accounts, within Meta's limits. */
export type Delivery = {
  /** Something of this account may be due: a message was written, a number resumed, a moment has come. */
  poke(accountId: number): void;
  /** Somebody writes in this conversation: said again every few seconds while they do. */
  writing(accountId: number, conversationId: number): void;
  /** Resolves when nothing is on its way and nothing more can be done now. */
  idle(): Promise<void>;
  /**
   * Claims nothing more and waits for what is on its way, at most `graceMs`. What is left is unknown at the next start.
   * Once it was called, it waits no longer than it did then.
   */
  stop(graceMs: number): Promise<void>;
};

/** `parts` is asked for late: delivery is itself one of the services. */
export function createDelivery(parts: () => DeliveryParts): Delivery {
  const accounts = new Map<number, AccountDelivery>();
  let startedAt: number | null = null;
  let typing: Typing | null = null;
  let stopped = false;
  let ending: Promise<void> | null = null;

  function deliveryOf(accountId: number): AccountDelivery {
    startedAt ??= parts().now();
    const delivery = accounts.get(accountId) ?? createAccountDelivery(parts(), accountId, startedAt);
    accounts.set(accountId, delivery);
    return delivery;
  }

  async function end(graceMs: number): Promise<void> {
    const all = Promise.all([...[...accounts.values()].map((delivery) => delivery.stop()), typing?.idle()]);
    const over = Promise.withResolvers<void>();
    const timer = setTimeout(over.resolve, graceMs);
    await Promise.race([all, over.promise]);
    clearTimeout(timer);
  }

  return {
    poke(accountId) {
      if (!stopped) {
        deliveryOf(accountId).poke();
      }
    },
    writing(accountId, conversationId) {
      if (!stopped) {
        typing ??= createTyping(parts());
        typing.sign(accountId, conversationId);
      }
    },
    async idle() {
      await Promise.all([...[...accounts.values()].map((delivery) => delivery.idle()), typing?.idle()]);
    },
    stop(graceMs) {
      stopped = true;
      ending ??= end(graceMs);
      return ending;
    },
  };
}
