import { GraphError } from './graph-error.ts';
import type { World } from './world.ts';

const MESSAGES_A_SECOND = 80;
/** Of a number that the WhatsApp Business app has, too. */
const ON_PHONE_A_SECOND = 20;
const PAIR_BURST = 45;
const PAIR_REFILL = 6000;

/** Counts a send against both of Meta's limits, or refuses it: 130429 for the number, 131056 for the pair. */
export function keepPace(world: World, phoneNumberId: string, recipient: string): void {
  const now = world.now();
  const limit = world.phoneApps.has(phoneNumberId) ? ON_PHONE_A_SECOND : MESSAGES_A_SECOND;
  const second = (world.pace.numbers.get(phoneNumberId) ?? []).filter((at) => now - at < 1000);
  if (second.length >= limit) {
    throw new GraphError(429, 130429, '(#130429) Rate limit hit', {
      details: `Message failed to send because there were more than ${limit} messages a second from this phone number.`,
    });
  }

  const key = `${phoneNumberId} ${recipient}`;
  const pair = world.pace.pairs.get(key) ?? { credit: PAIR_BURST, at: now };
  const credit = Math.min(PAIR_BURST, pair.credit + (now - pair.at) / PAIR_REFILL);
  if (credit < 1) {
    throw new GraphError(400, 131056, '(#131056) (Business Account, Consumer Account) pair rate limit hit', {
      details: 'Too many messages sent from this phone number to the same recipient in a short time.',
    });
  }

  second.push(now);
  world.pace.numbers.set(phoneNumberId, second);
  world.pace.pairs.set(key, { credit: credit - 1, at: now });
}
