import { describe, expect, test } from 'bun:test';
import fc from 'fast-check';
import { type Story, storyOf } from './order-story.ts';
import { readThread, said } from './thread-items.ts';
import type { World } from './world.ts';

/** What is to be seen in the end; `window` in seconds after the hello. */
const ending = [
  {
    contact: { id: null, name: 'Anna', phone: '+26371200####', bsuid: 'ZW.2222####', username: null },
    state: 'open',
    unanswered: true,
    window: 24 * 3600 + 46,
    items: [
      'Good morning',
      'Ada Lungu Good morning to you Read 👍 Anna',
      'Do you have cement, sixty bags? Edited',
      'Anna Do you have cement, sixty bags? And sand?',
      'This message was deleted.',
      'The customer sent a poll, which WhatsApp does not pass on to businesses. Ask them to write instead.',
      'A message that is not here As before',
      'The customer wants no more offers, as WhatsApp says: answers are still allowed',
      'The customer wants to get offers again, as WhatsApp says',
      'Missed call',
      'Called · 8 s',
      'The customer changed their phone number from +263 77 100 #### to +263 71 200 ####',
      'This is my new number',
    ],
  },
  {
    contact: { id: null, name: 'Ben', phone: '+26377300####', bsuid: 'ZW.3333####', username: 'ben.####' },
    state: 'open',
    unanswered: true,
    window: 24 * 3600 + 57,
    items: ['Hello', 'Said in a group; an answer goes to this person alone In a group', 'Here is my number'],
  },
  {
    contact: { id: null, name: 'Cleo', phone: '+26377400####', bsuid: 'ZW.4444####', username: null },
    state: 'open',
    unanswered: false,
    window: 24 * 3600,
    items: ['Good morning', 'Ada Lungu Good morning to you Delivered'],
  },
  {
    contact: {
      id: null,
      name: 'Dora (tiles)',
      phone: '+26377500####',
      bsuid: 'ZW.5555####',
      username: null,
    },
    state: 'open',
    unanswered: false,
    window: 24 * 3600 + 75,
    items: [
      'Hello',
      'WhatsApp app Good afternoon, Dora Edited Read',
      'WhatsApp app This message was deleted. Sent',
      'Answered by another system Open on Sundays?',
      'Another system Sent by another system From nine. Sent',
    ],
  },
  {
    contact: { id: null, name: 'Ed', phone: '+26378600####', bsuid: 'ZW.6666####', username: null },
    state: 'open',
    unanswered: true,
    window: 24 * 3600 + 65,
    items: ['Hello', 'WhatsApp app Good afternoon Sent', 'The conversation was passed to customer service'],
  },
];

/** Two who were taken for two people, until Meta told they are one: that stands in the thread, and can be undone. */
const MERGED = 'what both said is here';
const RUNS = 6;
const TWO_MINUTES = 120_000;

export function order(ask: () => World): void {
  describe('§1.2: webhooks come in any order, and again', () => {
    let run = 0;

    /** Has the customers of a new run do what the story says, as `arrange` brings it, and says what is seen then. */
    async function tell(arrange: (count: number) => Posted[]): Promise<object[]> {
      const world = ask();
      run += 1;
      const about = { run, phoneNumberId: world.number.phoneNumberId };
      const hello = Math.floor(world.now() / 1000);
      const answers: string[] = [];
      for (const { phone, value } of storyOf({ ...about, hello, begin: hello, answers }).hellos) {
        await world.hear([value]);
        // The simulator has to know of it too, or it would refuse the answer.
        const { simulator, number } = world;
        const said = { type: 'text', text: { body: 'Good morning' } };
        simulator.customer(`+${phone}`).write(number.phoneNumberId, said);
        await world.write((await world.conversationWith(`+${phone}`)).id, 'Good morning to you');
        await world.rest();
        answers.push(simulator.sent.at(-1)?.wamid ?? '');
      }
      world.pass(TWO_MINUTES);
      const story = storyOf({ ...about, hello, begin: hello + 5, answers });
      for (const { places, rests } of arrange(story.values.length)) {
        await world.post(places.flatMap((place) => story.values[place] ?? []));
        // With the next ones it is understood together, or by itself.
        await (rests ? world.settled() : null);
      }
      await world.settled();
      return see(world, story, hello);
    }

    test('the end is the same, whatever came first and however often', async () => {
      ask().simulator.trouble.pauseStatuses();
      const inOrder = await tell((count) =>
        Array.from({ length: count }, (_, place) => ({ places: [place], rests: true })),
      );
      expect(inOrder).toEqual(ending);
      await fc.assert(
        fc.asyncProperty(arrangement, async (how) => {
          expect(await tell((count) => arranged(how, count))).toEqual(ending);
        }),
        // Shrinking would tell the story a hundred times over.
        { numRuns: RUNS, endOnFailure: true },
      );
      ask().simulator.trouble.clear();
      await ask().rest();
    });
  });
}

type Arrangement = { keys: number[][]; size: number; rests: boolean[] };
/** The places in the story of what comes in one POST, and whether it is understood before the next one comes. */
type Posted = { places: number[]; rests: boolean };

/** Each one to five times, one to nine in a POST. */
const arrangement: fc.Arbitrary<Arrangement> = fc.record({
  keys: fc.array(fc.array(fc.integer({ min: 0, max: 9_999 }), { minLength: 1, maxLength: 5 }), {
    minLength: 60,
    maxLength: 60,
  }),
  size: fc.integer({ min: 1, max: 9 }),
  rests: fc.array(fc.boolean(), { minLength: 1, maxLength: 7 }),
});

function arranged({ keys, size, rests }: Arrangement, count: number): Posted[] {
  const all = keys
    .slice(0, count)
    .flatMap((own, place) => own.map((key) => ({ key, place })))
    .toSorted((a, b) => a.key - b.key)
    .map(({ place }) => place);
  return Array.from({ length: Math.ceil(all.length / size) }, (_, n) => ({
    places: all.slice(n * size, (n + 1) * size),
    rests: rests[n % rests.length] ?? true,
  }));
}

/** Who the customers are, what is known of their conversations, and what an agent reads in them. */
async function see(world: World, { people, plain }: Story, hello: number): Promise<object[]> {
  return Promise.all(
    people.map(async (bsuid) => {
      const { id, contact, state, unanswered, window_expires_at } = await world.conversationWith(bsuid);
      const items = await readThread(world.ada, id);
      return JSON.parse(
        plain(
          JSON.stringify({
            contact: { ...contact, id: null },
            state,
            unanswered,
            window: (Date.parse(window_expires_at ?? '') - hello * 1000) / 1000,
            items: items.map(said).filter((text) => !text.endsWith(MERGED)),
          }),
        ),
      );
    }),
  );
}
