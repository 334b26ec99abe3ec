import { afterEach, beforeEach, expect, test } from 'bun:test';
import { ada, bo, seedMessage } from '#src/conversations/testing.ts';
import { jobs, numbers, reads } from '#src/db/schema/inbox/index.ts';
import { NotFound } from '#src/errors.ts';
import { until } from '#src/testing/until.ts';
import { openSendingShop, PHONE_NUMBER_ID, type SendingShop } from './delivery-testing.ts';
import { markRead } from './receipt-reading.ts';

const DAY = 24 * 60 * 60_000;
let shop: SendingShop;
beforeEach(async () => {
  shop = await openSendingShop();
});
afterEach(() => shop.close());

const read = (viewer = ada, messageId = 100) =>
  shop.inbox((inbox) => markRead(inbox, { conversationId: 1, messageId }, viewer, shop.clock.now));
const open = () => shop.inbox(({ sql: db }) => db.select().from(jobs));
const go = async () => {
  shop.poke();
  await shop.delivery.idle();
};
const policy = (readReceipts: 'opened' | 'answered' | 'never') =>
  shop.inbox((inbox) => inbox.write('normal', [inbox.sql.update(numbers).set({ readReceipts })]));

test('the first person to read tells the customer, the second one does not', async () => {
  const customer = await shop.conversation(1);
  expect(await read(ada)).toBe(true);
  await go();
  expect(customer.thread(PHONE_NUMBER_ID)[0]?.status).toBe('read');
  expect(await open()).toEqual([]);

  expect(await read(bo)).toBe(false);
  await go();
  expect(shop.simulator.requests).toHaveLength(1);
});

test('the marker only moves forward', async () => {
  await shop.conversation(1);
  await shop.inbox((inbox) =>
    inbox.write('normal', [
      seedMessage(inbox, {
        id: 101,
        conversationId: 1,
        orderedAt: shop.clock.now,
        direction: 'out',
        wamid: null,
      }),
    ]),
  );
  await read(ada, 101);
  await read(ada, 100);

  expect(await shop.inbox(({ sql: db }) => db.select().from(reads))).toMatchObject([{ messageId: 101 }]);
});

test('a number that never says so says nothing', async () => {
  await shop.conversation(1);
  await policy('never');
  expect(await read()).toBe(false);
  await go();

  expect(shop.simulator.requests).toEqual([]);
});

test('what Meta would refuse for its age is not sent', async () => {
  await shop.conversation(1);
  shop.clock.now += 31 * DAY;

  expect(await read()).toBe(false);
});

test('a receipt that cannot be sent is dropped after a few tries', async () => {
  await shop.conversation(1);
  shop.simulator.trouble.httpError(503, 10, { on: 'read' });
  await read();
  for (let round = 0; round < 8; round++) {
    await go();
    shop.clock.now += 120_000;
  }

  expect(shop.simulator.requests).toHaveLength(4);
  expect(await open()).toEqual([]);
});

test('a receipt that is tried again goes by itself', async () => {
  const customer = await shop.conversation(1);
  shop.simulator.trouble.httpError(503, 1, { on: 'read' });
  await read();
  await go();
  expect(shop.simulator.requests).toHaveLength(1);
  shop.clock.now += 4_000;
  await until('it to be read', async () => customer.thread(PHONE_NUMBER_ID)[0]?.status === 'read');
});

test('while Meta has asked the number for silence nobody is told that they were read', async () => {
  await shop.conversation(1);
  const customer = await shop.conversation(2);
  shop.simulator.trouble.limitReached(10);
  await shop.write(1, 'Good morning');
  await go();
  shop.simulator.trouble.limitReached(0);
  await shop.inbox((inbox) => markRead(inbox, { conversationId: 2, messageId: 200 }, ada, shop.clock.now));
  await go();
  expect(customer.thread(PHONE_NUMBER_ID)[0]?.status).not.toBe('read');
  expect(await open()).toHaveLength(1);

  shop.clock.now += 10 * 60_000;
  await go();
  expect(customer.thread(PHONE_NUMBER_ID)[0]?.status).toBe('read');
});

test('a message of another conversation cannot be read here', async () => {
  await shop.conversation(1);
  await shop.conversation(2);

  expect(await read(ada, 200).catch((error) => error)).toBeInstanceOf(NotFound);
});
