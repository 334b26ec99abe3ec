import type { Box } from '../box.ts';

const CUSTOMERS = 30;
const LONG_THREAD = 45;

const syllables = 'ba che di fu ga hwe ji ka lo mu nda nzi o pa ri so ta ti vu wa ya zvi'.split(' ');

/** Sentences of words that nobody says: they differ from each other more than real ones, and compress worse. */
function createSpeaker(): () => string {
  let state = 20_261_123;
  const pick = (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
  const word = () => Array.from({ length: 1 + pick(4) }, () => syllables[pick(syllables.length)]).join('');
  return () => `${Array.from({ length: 4 + pick(14) }, word).join(' ')}?`;
}

/**
 * More conversations than a list shows at once, and one with more messages than a page of a thread.
 * Resolves with the names of the last two customers: the long thread, and another.
 */
export async function fillShop({
  simulator,
  number,
  settled,
}: Box): Promise<{ long: string; other: string }> {
  const speak = createSpeaker();
  const names: string[] = [];
  for (let index = 0; index < CUSTOMERS; index += 1) {
    const name = `Customer ${speak().slice(0, 9).trim()} ${index}`;
    names.push(name);
    const customer = simulator.customer(`+2637712000${index + 10}`, { name });
    for (let said = 0; said < (index < 2 ? LONG_THREAD : 1); said += 1) {
      await customer.say(number.phoneNumberId, speak());
    }
  }
  await settled();
  return { long: names[0] ?? '', other: names[1] ?? '' };
}
