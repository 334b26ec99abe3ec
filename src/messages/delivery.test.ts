import { afterEach, beforeEach, expect, test } from 'bun:test';
import { eq } from 'drizzle-orm';
import { accounts } from '#src/db/schema/control.ts';
import { contacts, conversations, outbox } from '#src/db/schema/inbox/index.ts';
import { openSendingShop, optOut, type SendingShop } from './delivery-testing.ts';

const SECOND = 1_000;
let shop: SendingShop;
beforeEach(async () => {
  shop = await openSendingShop();
});
afterEach(() => shop.close());

const bodies = () => shop.simulator.sent.map(({ body }) => (body.text as { body: string }).body);

test('a message is sent once, with our own name for it, and its wamid is kept', async () => {
  const customer = await shop.conversation(1);
  const id = await shop.write(1, 'Good morning');
  shop.poke();
  await shop.until(id, 'accepted');

  const [sent] = shop.simulator.sent;
  expect(shop.simulator.sent).toHaveLength(1);
  expect(sent).toMatchObject({ waId: customer.waId, input: customer.phone, addressedBy: 'to' });
  expect(sent?.body.biz_opaque_callback_data).toBe(`${shop.parts.keyring.installId}.1.${id}.1`);
  expect((await shop.message(id)).wamid).toBe(sent?.wamid ?? null);
  expect(await shop.outbox()).toEqual([]);
  expect(await shop.attempts()).toMatchObject([{ subjectId: id, attempt: 1, outcome: 'accepted' }]);
});

test('messages of one conversation leave in the order they were written', async () => {
  await shop.conversation(1);
  const words = ['one', 'two', 'three', 'four', 'five'];
  let last = 0;
  for (const word of words) {
    last = await shop.write(1, word);
  }
  shop.poke();
  await shop.until(last, 'accepted');

  expect(bodies()).toEqual(words);
});

test('what people write goes before what was sent to many', async () => {
  const bulk: number[] = [];
  for (let id = 1; id <= 100; id++) {
    await shop.conversation(id);
    bulk.push(await shop.write(id, 'to many'));
  }
  await shop.inbox((inbox) => inbox.write('full', [inbox.sql.update(outbox).set({ lane: 'bulk' })]));
  await shop.conversation(101);
  const id = await shop.write(101, 'an answer');
  shop.poke();
  await shop.until(id, 'accepted');

  expect(bodies().slice(0, 30)).toContain('an answer');
});

test('a customer without a phone number is reached by the BSUID', async () => {
  const customer = await shop.conversation(1);
  await shop.forgetPhone(1, customer.userId);
  const id = await shop.write(1, 'Good morning');
  shop.poke();
  await shop.until(id, 'accepted');

  expect(shop.simulator.sent[0]).toMatchObject({ waId: customer.waId, addressedBy: 'recipient' });
});

test('what may no longer be sent when its turn comes fails with the reason, and the customer waits again', async () => {
  for (const id of [1, 2, 3]) {
    await shop.conversation(id);
  }
  const ids = [await shop.write(1, 'late'), await shop.write(2, 'blocked'), await shop.write(3, 'unwanted')];
  await shop.inbox(async (inbox) => {
    await inbox.write('full', [
      inbox.sql.update(conversations).set({ windowExpiresAt: shop.clock.now }).where(eq(conversations.id, 1)),
      inbox.sql.update(contacts).set({ blockedAt: shop.clock.now }).where(eq(contacts.id, 2)),
      optOut(inbox, 3),
    ]);
  });
  expect(await shop.waiting(1)).toBeNull();
  shop.poke();
  await shop.until(ids[2] ?? 0, 'failed');

  const codes = await Promise.all(ids.map(async (id) => (await shop.message(id)).errorCode));
  expect(codes).toEqual([131047, 130403, 131050]);
  expect(shop.simulator.requests).toEqual([]);
  expect(await shop.waiting(1)).toBe(shop.clock.now);
  expect(await shop.outbox()).toEqual([]);
});

test('an account that is suspended sends nothing until it is active again', async () => {
  const setState = (state: 'active' | 'suspended') =>
    shop.control.write('full', [shop.control.sql.update(accounts).set({ state })]);
  await shop.conversation(1);
  const id = await shop.write(1, 'Good morning');
  await setState('suspended');
  shop.poke();
  await shop.delivery.idle();
  expect((await shop.message(id)).status).toBe('queued');

  await setState('active');
  shop.poke();
  await shop.until(id, 'accepted');
});

test('one recipient gets no more than a burst, and then one every six seconds', async () => {
  await shop.conversation(1);
  const ids: number[] = [];
  for (let written = 1; written <= 47; written++) {
    ids.push(await shop.write(1, `line ${written}`));
  }
  shop.poke();
  await shop.until(ids[44] ?? 0, 'accepted');
  await shop.delivery.idle();
  expect(shop.simulator.sent).toHaveLength(45);

  shop.clock.now += 6 * SECOND;
  shop.poke();
  await shop.until(ids[45] ?? 0, 'accepted');
  await shop.delivery.idle();
  expect(shop.simulator.sent).toHaveLength(46);
  expect(shop.simulator.requests.every(({ status }) => status === 200)).toBe(true);
});

test('what was put off for its recipient goes by itself when the moment has come', async () => {
  await shop.conversation(1);
  const ids: number[] = [];
  for (let written = 1; written <= 45; written++) {
    ids.push(await shop.write(1, `line ${written}`));
  }
  shop.poke();
  await shop.until(ids[44] ?? 0, 'accepted');
  shop.clock.now += 6 * SECOND - 50;
  const next = await shop.write(1, 'one more');
  shop.poke();
  await shop.delivery.idle();
  expect((await shop.message(next)).status).toBe('queued');

  shop.clock.now += 50;
  await shop.until(next, 'accepted');
});

test('a number sends no more than Meta takes, and nothing is refused', async () => {
  for (let id = 1; id <= 200; id++) {
    await shop.conversation(id);
    await shop.write(id, 'to everyone');
  }
  const sentSoFar: number[] = [];
  while (shop.simulator.sent.length < 200) {
    shop.poke();
    await shop.untilSo(
      async () => shop.simulator.sent.length % 80 === 0 || shop.simulator.sent.length === 200,
    );
    await shop.delivery.idle();
    sentSoFar.push(shop.simulator.sent.length);
    shop.clock.now += 1_100;
  }

  expect(sentSoFar).toEqual([80, 160, 200]);
  expect(shop.simulator.requests.every(({ status }) => status === 200)).toBe(true);
});

test('stopping waits for what is on its way and claims nothing more', async () => {
  await shop.conversation(1);
  const id = await shop.write(1, 'on its way');
  await shop.write(1, 'not yet');
  shop.poke();
  await shop.simulator.waitFor(() => true);
  shop.parts.phase.draining = true;
  await shop.delivery.stop(5 * SECOND);

  expect((await shop.message(id)).status).toBe('accepted');
  expect(await shop.outbox()).toMatchObject([{ state: 'queued' }]);
});

test('who stops it again waits for the same end, not for another one', async () => {
  const ending = shop.delivery.stop(0);
  expect(shop.delivery.stop(120 * SECOND)).toBe(ending);
  await ending;
});
