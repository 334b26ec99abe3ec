import { afterEach, beforeEach, expect, test } from 'bun:test';
import { ACCOUNT } from '#src/conversations/testing.ts';
import { contacts, numbers } from '#src/db/schema/inbox/index.ts';
import { openSendingShop, PHONE_NUMBER_ID, type SendingShop } from './delivery-testing.ts';

const DAY = 24 * 60 * 60_000;
let shop: SendingShop;
beforeEach(async () => {
  shop = await openSendingShop();
  await shop.conversation(1);
  await set({ settings: '{"shows_typing":true}' });
});
afterEach(() => shop.close());

const set = (chosen: Partial<typeof numbers.$inferInsert>) =>
  shop.inbox((inbox) => inbox.write('normal', [inbox.sql.update(numbers).set(chosen)]));
/** Somebody writes for so many seconds, as the page says it: every 3 s. */
async function write(seconds: number): Promise<void> {
  for (let second = 0; second <= seconds; second += 3) {
    shop.delivery.writing(ACCOUNT, 1);
    await shop.delivery.idle();
    shop.clock.now += 3_000;
  }
}
const shown = () => shop.simulator.requests.map(({ body }) => body);

test('who writes for a while is shown to the customer, at most every 20 seconds', async () => {
  await write(0);
  expect(shown()).toEqual([]);
  await write(36);
  expect(shown()).toEqual([
    {
      messaging_product: 'whatsapp',
      status: 'read',
      message_id: expect.any(String),
      typing_indicator: { type: 'text' },
    },
    expect.objectContaining({ typing_indicator: { type: 'text' } }),
  ]);
});

test('a key that is struck now and then is nobody who writes', async () => {
  for (let times = 0; times < 5; times++) {
    await write(0);
    shop.clock.now += 10_000;
  }
  expect(shown()).toEqual([]);
});

test('a number shows nothing unless it is set so', async () => {
  await set({ settings: '{}' });
  await write(30);
  expect(shown()).toEqual([]);
});

test('a number that does not say "read" before it answers does not show that somebody writes', async () => {
  for (const readReceipts of ['answered', 'never'] as const) {
    await set({ readReceipts });
    await write(30);
  }
  expect(shown()).toEqual([]);
});

test('nobody is shown it who could not be answered', async () => {
  await shop.inbox((inbox) => inbox.write('normal', [inbox.sql.update(contacts).set({ blockedAt: 1 })]));
  await write(30);
  await shop.inbox((inbox) => inbox.write('normal', [inbox.sql.update(contacts).set({ blockedAt: null })]));
  shop.clock.now += 2 * DAY;
  await write(30);
  expect(shown()).toEqual([]);
});

test('a refusal is not repeated and holds up no message', async () => {
  shop.simulator.trouble.failNext(131000, { on: 'read', count: 5 });
  await write(9);
  expect(shown()).toHaveLength(1);
  await shop.write(1, 'Hello');
  shop.poke();
  await shop.delivery.idle();
  expect(shop.simulator.sent).toHaveLength(1);
  expect(shop.simulator.sent[0]?.phoneNumberId).toBe(PHONE_NUMBER_ID);
});
