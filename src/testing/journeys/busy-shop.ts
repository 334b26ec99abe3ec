import { type Box, openBox } from '../box.ts';

const AT_FIRST = Date.UTC(2026, 10, 23, 8);
const CUSTOMERS = 30;
const LONG_THREAD = 45;

const syllables = 'ba che di fu ga hwe ji ka lo mu nda nzi o pa ri so ta ti vu wa ya zvi'.split(' ');

type Pick = (below: number) => number;

function createPick(): Pick {
  let state = 20_261_123;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

/** Sentences of words that nobody says: they differ from each other more than real ones, and compress worse. */
function createSpeaker(pick: Pick): () => string {
  const word = () => Array.from({ length: 1 + pick(4) }, () => syllables[pick(syllables.length)]).join('');
  return () => `${Array.from({ length: 4 + pick(14) }, word).join(' ')}?`;
}

type BusyShop = {
  box: Box;
  /** Names of customers: whose thread is long, and another one whose is. */
  long: string;
  other: string;
  /** By its clock, which stands still from here on. */
  now: number;
};

/**
 * A box with more conversations than a list shows at once, and one with more messages than a page of a thread. They came
 * in the minutes after `AT_FIRST`, each by itself: ids and times are the same on every machine, and no two are alike.
 */
export async function openBusyShop(): Promise<BusyShop> {
  const pick = createPick();
  const speak = createSpeaker(pick);
  const clock = { now: AT_FIRST };
  const box = await openBox({ now: () => clock.now });
  const names: string[] = [];
  for (let index = 0; index < CUSTOMERS; index += 1) {
    const name = `Customer ${speak().slice(0, 9).trim()} ${index}`;
    names.push(name);
    const customer = box.simulator.customer(`+2637712000${index + 10}`, { name });
    for (let said = 0; said < (index < 2 ? LONG_THREAD : 1); said += 1) {
      clock.now += 20_000 + pick(160_000);
      await customer.say(box.number.phoneNumberId, speak());
      await box.settled();
    }
  }
  return { box, long: names[0] ?? '', other: names[1] ?? '', now: clock.now };
}
