import { afterEach, beforeEach, expect, test } from 'bun:test';
import { ada, bo, cleo } from '#src/conversations/testing.ts';
import { audit } from '#src/db/schema/inbox/index.ts';
import { NotFound } from '#src/errors.ts';
import { openSendingShop, type SendingShop } from './delivery-testing.ts';
import { type Choice, resolveUnknown } from './resolution.ts';
import { cancelMessage } from './resolution-cancellation.ts';

const GRACE = 15 * 60_000;
let shop: SendingShop;
let messageId: number;

beforeEach(async () => {
  shop = await openSendingShop();
  await shop.conversation(1);
  shop.simulator.trouble.resetAfterAccept();
  messageId = await shop.write(1, 'Good morning');
  shop.poke();
  await shop.until(messageId, 'unknown');
});
afterEach(() => shop.close());

const ask = async () => {
  shop.clock.now += GRACE;
  shop.poke();
  await shop.delivery.idle();
};
const resolve = (choice: Choice, viewer = ada) =>
  shop.inbox((inbox) => resolveUnknown(inbox, { messageId, choice }, viewer, shop.clock.now));

test('before the grace is over nobody is asked, and nothing can be chosen', async () => {
  shop.clock.now += GRACE - 1;
  shop.poke();
  await shop.delivery.idle();
  await resolve('again');

  expect(await shop.outbox()).toMatchObject([{ state: 'unknown', askedAt: null }]);
});

test('"Send again" sends it once more under its next attempt', async () => {
  await ask();
  expect(await shop.outbox()).toMatchObject([{ state: 'unknown', askedAt: shop.clock.now }]);
  await resolve('again');
  shop.poke();
  await shop.until(messageId, 'accepted');

  const callbacks = shop.simulator.sent.map(({ body }) =>
    String(body.biz_opaque_callback_data).split('.').at(-1),
  );
  expect(callbacks).toEqual(['1', '2']);
});

test('"It arrived" takes it as accepted, and says who said so', async () => {
  await ask();
  await resolve('arrived');

  expect((await shop.message(messageId)).status).toBe('accepted');
  expect(await shop.outbox()).toEqual([]);
  expect(await shop.inbox(({ sql: db }) => db.select().from(audit))).toMatchObject([
    { action: 'message.resolved', object: `message:${messageId}`, actorKind: 'person' },
  ]);
});

test('"Leave it" fails it with these words, and the customer waits again', async () => {
  await ask();
  await resolve('leave');

  expect(await shop.message(messageId)).toMatchObject({ status: 'failed' });
  expect(await shop.waiting(1)).not.toBeNull();
});

test('two people choosing at once settle it once', async () => {
  await ask();
  await Promise.all([resolve('arrived', ada), resolve('again', bo)]);

  expect((await shop.message(messageId)).status).toBe('accepted');
  expect(await shop.inbox(({ sql: db }) => db.select().from(audit))).toHaveLength(1);
});

test('who may not see the conversation cannot settle its messages', async () => {
  await ask();
  expect(await resolve('arrived', cleo).catch((error) => error)).toBeInstanceOf(NotFound);
});

test('a second try that never left is not sent when the first turns out to have arrived', async () => {
  await ask();
  await resolve('again');
  await shop.setStatus(messageId, 'delivered');
  shop.poke();
  await shop.delivery.idle();

  expect(shop.simulator.sent).toHaveLength(1);
  expect(await shop.outbox()).toEqual([]);
});

test('calling off a second try leaves open that the first arrived', async () => {
  await ask();
  await resolve('again');
  await shop.inbox((inbox) => cancelMessage(inbox, messageId, ada));

  expect((await shop.message(messageId)).status).toBe('failed');
});
