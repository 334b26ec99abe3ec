import { afterEach, beforeEach, expect, test } from 'bun:test';
import { asc, eq } from 'drizzle-orm';
import { ada, HOUR, NOON, openShop, seedConversation, seedMessage } from '#src/conversations/testing.ts';
import { conversations, messages } from '#src/db/schema/inbox/index.ts';
import { composeMessage } from './compose.ts';

const MINUTE = 60_000;
let shop: Awaited<ReturnType<typeof openShop>>;
beforeEach(async () => {
  shop = await openShop();
  await shop.inbox.write('normal', seedConversation(shop.inbox, 1, { windowExpiresAt: NOON + 24 * HOUR }));
});
afterEach(() => shop.close());

const write = (text: string, now: number) => {
  const message = { conversationId: 1, text, key: text, keyOwner: 'person:11', origin: 'inbox' as const };
  return composeMessage(shop.inbox, message, ada, now);
};
const thread = async () => {
  const rows = await shop.inbox.sql
    .select()
    .from(messages)
    .where(eq(messages.conversationId, 1))
    .orderBy(asc(messages.orderedAt), asc(messages.id));
  return rows.map(({ text, orderedAt }) => [text, orderedAt - NOON]);
};

test('an answer stands at the moment it was written', async () => {
  await write('first', NOON + MINUTE);
  await write('second', NOON + 2 * MINUTE);
  expect(await thread()).toEqual([
    ['Hello from 1', 0],
    ['first', MINUTE],
    ['second', 2 * MINUTE],
  ]);
});

test('an answer stands after what it answers, although our clock is behind Meta’s', async () => {
  await write('first', NOON - HOUR);
  expect(await thread()).toEqual([
    ['Hello from 1', 0],
    ['first', 0],
  ]);
});

test('two answers stand in their order, although the clock was set back between them', async () => {
  await write('first', NOON + 2 * MINUTE);
  await write('second', NOON - HOUR);
  expect(await thread()).toEqual([
    ['Hello from 1', 0],
    ['first', 2 * MINUTE],
    ['second', 2 * MINUTE],
  ]);
});

test('once the customer wrote, their moment counts, and not ours from before the clock was put right', async () => {
  await write('first', NOON + HOUR);
  const { inbox } = shop;
  const [id, at] = [inbox.nextId(), NOON + MINUTE];
  await inbox.write('normal', [
    seedMessage(inbox, { id, conversationId: 1, orderedAt: at, text: 'And?' }),
    inbox.sql
      .update(conversations)
      .set({ lastInboundId: id, lastInboundAt: at })
      .where(eq(conversations.id, 1)),
  ]);
  await write('second', NOON + 2 * MINUTE);
  expect(await thread()).toEqual([
    ['Hello from 1', 0],
    ['And?', MINUTE],
    ['second', 2 * MINUTE],
    ['first', HOUR],
  ]);
});
