import { afterEach, beforeEach, expect, test } from 'bun:test';
import { sql } from 'drizzle-orm';
import { NOON, openShop, seedConversation, seedMessage } from '#src/conversations/testing.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { indexMessages } from './index-rows.ts';
import { mergeSome } from './merge.ts';
import { checkIndexes, find, idsOf, segmentsOf } from './testing.ts';

let shop: Awaited<ReturnType<typeof openShop>>;
let inbox: Inbox;
let written: number;

beforeEach(async () => {
  shop = await openShop();
  ({ inbox } = shop);
  written = 0;
  await inbox.write('normal', seedConversation(inbox, 7));
  await inbox.write('normal', indexMessages([{ id: 700, text: 'Hello from 7' }]));
});
afterEach(() => shop.close());

/** So many commits of one message each. */
async function write(commits: number): Promise<void> {
  for (let count = 0; count < commits; count += 1) {
    written += 1;
    const id = 1000 + written;
    const text = `geyser number${written}`;
    await inbox.write('normal', [
      seedMessage(inbox, { id, conversationId: 7, orderedAt: NOON, text }),
      ...indexMessages([{ id, text }]),
    ]);
  }
}

async function mergeAll(): Promise<number> {
  let steps = 0;
  while (await mergeSome(inbox)) {
    steps += 1;
  }
  return steps;
}

test('nothing merges by itself; steps do, and end when nothing is left to merge', async () => {
  await write(40);
  expect(await segmentsOf(inbox)).toBe(41);
  expect(await mergeAll()).toBeGreaterThan(0);
  expect(await segmentsOf(inbox)).toBeLessThan(4);
  expect(await mergeSome(inbox)).toBe(false);
  await checkIndexes(inbox);
  expect(idsOf(await find(inbox, 'number33'))).toEqual([1033]);
  expect(idsOf(await find(inbox, 'geyser', { messages: 100 }))).toHaveLength(40);
});

test('without a single step, a thousand commits are still searched, and merged at the thousandth', async () => {
  await write(990);
  expect(await segmentsOf(inbox)).toBeGreaterThan(900);
  expect(idsOf(await find(inbox, '"number5"'))).toContain(1005);
  await write(20);
  expect(await segmentsOf(inbox)).toBeLessThan(100);
  expect(idsOf(await find(inbox, 'geyser', { messages: 2000 }))).toHaveLength(1010);
  await checkIndexes(inbox);
});

test('a step is one write among others, which find their turn between two', async () => {
  await write(60);
  const order: string[] = [];
  const merging = (async () => {
    while (await mergeSome(inbox)) {
      order.push('step');
    }
  })();
  const writing = inbox
    .write('normal', [sql`update conversations set priority = 1`])
    .then(() => order.push('write'));
  await Promise.all([merging, writing]);
  expect(order.indexOf('write')).toBeLessThan(2);
});
