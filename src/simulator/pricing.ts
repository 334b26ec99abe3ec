import type { Fields } from './fields.ts';
import type { SentMessage } from './sent.ts';
import type { World } from './world.ts';

const FREE_SERVICE_MESSAGES = 1000;

/** What Meta says a message costs: since October 2026 a thousand delivered replies a number and month are free. */
export function pricing(world: World, message: SentMessage, status: 'sent' | 'delivered'): Fields {
  const { category } = message;
  const free = category === 'service' && isFree(world, message.phoneNumberId, status);
  return {
    billable: !free,
    pricing_model: 'PMP',
    category,
    type: free ? 'free_customer_service' : 'regular',
  };
}

function isFree(world: World, phoneNumberId: string, status: 'sent' | 'delivered'): boolean {
  const month = new Date(world.now()).toISOString().slice(0, 7);
  const key = `${phoneNumberId} ${month}`;
  const delivered = world.freeTier.get(key) ?? 0;
  if (status === 'delivered') {
    world.freeTier.set(key, delivered + 1);
  }
  return delivered < FREE_SERVICE_MESSAGES;
}
