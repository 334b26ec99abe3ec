import { afterEach, beforeEach, expect, test } from 'bun:test';
import { eq } from 'drizzle-orm';
import { ada } from '#src/conversations/testing.ts';
import { conversations, messages, reactions } from '#src/db/schema/inbox/index.ts';
import { Invalid, Problem } from '#src/errors.ts';
import { openSendingShop, PHONE_NUMBER_ID, type SendingShop } from './delivery-testing.ts';
import { react } from './reaction.ts';

let shop: SendingShop;
beforeEach(async () => {
  shop = await openSendingShop();
});
afterEach(() => shop.close());

const choose = (emoji: string, messageId = 100) =>
  shop.inbox((inbox) => react(inbox, { messageId, emoji }, ada, shop.clock.now));
const stored = () => shop.inbox(({ sql: db }) => db.select().from(reactions));
const emojis = () => shop.simulator.sent.map(({ body }) => (body.reaction as { emoji: string }).emoji);
const go = async () => {
  shop.poke();
  await shop.delivery.idle();
};

test('a reaction appears on the customer’s phone, and can be taken back', async () => {
  const customer = await shop.conversation(1);
  await choose('👍');
  await go();
  expect(customer.thread(PHONE_NUMBER_ID)[0]?.reactions.business).toBe('👍');
  expect(await stored()).toMatchObject([{ side: 'out', emoji: '👍', status: 'accepted' }]);

  await choose('');
  await go();
  expect(customer.thread(PHONE_NUMBER_ID)[0]?.reactions.business).toBeNull();
  expect(await shop.outbox()).toEqual([]);
});

test('of several chosen quickly only the last is sent, and choosing it again sends nothing', async () => {
  await shop.conversation(1);
  await choose('👍');
  await choose('❤️');
  await go();
  await choose('❤️');
  await go();

  expect(emojis()).toEqual(['❤️']);
});

test('one that is not there, or that the customer cannot see any more, is taken back without being sent', async () => {
  await shop.conversation(1);
  const change = (row: Partial<typeof messages.$inferInsert>) =>
    shop.inbox((inbox) =>
      inbox.write('normal', [inbox.sql.update(messages).set(row).where(eq(messages.id, 100))]),
    );
  await choose('');
  expect(await stored()).toEqual([]);
  const inReach = { revokedAt: null, content: '{"kind":"text"}' };
  for (const beyond of [{ revokedAt: 1 }, { content: '{"kind":"text","groupId":"group-1"}' }]) {
    await change(inReach);
    await choose('👍');
    await go();
    await choose('❤️');
    await change({ ...inReach, ...beyond });
    for (const _ of ['once', 'and again']) {
      await choose('');
      expect(await stored()).toMatchObject([{ emoji: '', status: 'cancelled' }]);
      expect(await shop.outbox()).toEqual([]);
    }
  }
  expect(emojis()).toEqual(['👍', '👍']);
});

test.each([
  ['deleted', { revokedAt: 1 }],
  ['found to be of a group', { content: '{"kind":"text","groupId":"group-1"}' }],
])('one that waits for a message that was %s meanwhile is never sent, and goes', async (_, row) => {
  await shop.conversation(1);
  await choose('👍');
  await shop.inbox((inbox) =>
    inbox.write('normal', [inbox.sql.update(messages).set(row).where(eq(messages.id, 100))]),
  );
  await go();

  expect(emojis()).toEqual([]);
  expect(await shop.outbox()).toEqual([]);
  expect(await stored()).toMatchObject([{ emoji: '', status: 'cancelled' }]);
  expect(shop.published.at(-1)).toMatchObject({ conversationId: 1, messages: [100] });
});

test('a reaction answers nobody: the customer goes on waiting', async () => {
  await shop.conversation(1);
  await choose('👍');
  await go();

  expect(await shop.waiting(1)).not.toBeNull();
});

test('a reaction whose outcome is unknown is never repeated and nobody is asked', async () => {
  await shop.conversation(1);
  shop.simulator.trouble.resetAfterAccept();
  await choose('👍');
  await go();
  expect(await stored()).toMatchObject([{ status: 'unknown' }]);
  shop.clock.now += 15 * 60_000;
  await go();

  expect(await shop.outbox()).toEqual([]);
  expect(shop.simulator.requests).toHaveLength(1);
});

test('a refused reaction says so, and can be chosen again', async () => {
  await shop.conversation(1);
  shop.simulator.trouble.failNext(131009);
  await choose('👍');
  await go();

  expect(await stored()).toMatchObject([{ status: 'failed' }]);

  await choose('👍');
  await go();
  expect(await stored()).toMatchObject([{ status: 'accepted' }]);
});

test('only one emoji, only to what a customer wrote, only while the window is open', async () => {
  await shop.conversation(1);
  const ours = await shop.write(1, 'Good morning');
  expect(await choose('hello').catch((error) => error)).toBeInstanceOf(Invalid);
  expect(await choose('👍', ours).catch((error) => error)).toBeInstanceOf(Problem);
  await shop.inbox((inbox) =>
    inbox.write('normal', [
      inbox.sql.update(conversations).set({ windowExpiresAt: shop.clock.now }).where(eq(conversations.id, 1)),
    ]),
  );
  expect(await choose('👍').catch((error) => error)).toMatchObject({ type: 'window-closed' });
  await shop.inbox((inbox) =>
    inbox.write('normal', [
      inbox.sql.update(conversations).set({ windowExpiresAt: shop.clock.now + 1 }),
      inbox.sql
        .update(messages)
        .set({ content: '{"kind":"text","groupId":"group-1"}' })
        .where(eq(messages.id, 100)),
    ]),
  );
  expect(await choose('👍').catch((error) => error)).toMatchObject({
    type: 'no-reaction',
    detail: expect.stringContaining('group'),
  });
  await shop.inbox((inbox) =>
    inbox.write('normal', [
      inbox.sql.update(messages).set({ revokedAt: shop.clock.now }).where(eq(messages.id, 100)),
    ]),
  );
  expect(await choose('👍').catch((error) => error)).toMatchObject({ type: 'message-deleted' });
});
