import { afterAll, beforeAll, expect, test } from 'bun:test';
import fc from 'fast-check';
import { NOON, openShop, seedConversation, seedMessage } from '#src/conversations/testing.ts';
import { clean } from '#src/db/clean.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { parseQuery } from './parse-query.ts';
import { checkIndexes, find, idsOf, indexAll } from './testing.ts';

let shop: Awaited<ReturnType<typeof openShop>>;
let inbox: Inbox;

beforeAll(async () => {
  shop = await openShop();
  ({ inbox } = shop);
  await inbox.write('normal', seedConversation(inbox, 7));
});

afterAll(() => shop.close());

const syntax = [
  '"',
  '“',
  '*',
  '^',
  '-',
  '+',
  '(',
  ')',
  ':',
  '{',
  '}',
  "'",
  ',',
  'NEAR(',
  'AND',
  'OR',
  'NOT',
  'text:',
];
const awkward = [
  '\0',
  '\ud800',
  '\udc00',
  '\u202e',
  '\u200f',
  '\u0301',
  '😀',
  'سلام',
  'हिन्दी',
  '北京',
  'ﬁ',
  'İ',
  '  ',
];
const word = fc.oneof(
  fc.constantFrom(...syntax, ...awkward, 'cement', 'Ça', 'é'),
  fc.string({ unit: 'binary', maxLength: 8 }),
);
const hostile = fc.array(word, { maxLength: 12 }).map((words) => words.join(' '));
const tight = fc.array(word, { maxLength: 12 }).map((words) => words.join(''));

test('no query is an error, whatever is typed, in either order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(hostile, tight), fc.constantFrom('newest', 'best'), async (text, order) => {
      if (parseQuery(text).kind === 'terms') {
        await find(inbox, text, { order });
      }
    }),
    { numRuns: 400 },
  );
});

test('whatever customers write can be stored, found by its own first words, and is in the index as it is', async () => {
  let id = 10_000;
  await fc.assert(
    fc.asyncProperty(fc.oneof(hostile, tight), async (given) => {
      id += 1;
      const text = clean(given);
      await inbox.write('normal', [seedMessage(inbox, { id, conversationId: 7, orderedAt: NOON, text })]);
      await indexAll(inbox);
      const first = text.split(/\s+/).find((part) => /^[a-z]{2,}$/i.test(part));
      if (first !== undefined) {
        expect(idsOf(await find(inbox, first, { messages: 1000 }))).toContain(id);
      }
    }),
    { numRuns: 100 },
  );
  await checkIndexes(inbox);
});
