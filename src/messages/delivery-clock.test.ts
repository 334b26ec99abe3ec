import { afterEach, beforeEach, expect, test } from 'bun:test';
import { openSendingShop, type SendingShop } from './delivery-testing.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
let shop: SendingShop;
beforeEach(async () => {
  shop = await openSendingShop();
});
afterEach(() => shop.close());

const tries = () => shop.simulator.requests.length;
const waitsAgain = (id: number, times: number) =>
  shop.untilSo(async () => tries() === times && (await shop.message(id)).status === 'queued');

/** The moment passes that a message waits for, and what is due is sent. */
async function pass(milliseconds: number): Promise<void> {
  shop.clock.now += milliseconds;
  shop.poke();
  await shop.delivery.idle();
}

async function setBack(milliseconds: number): Promise<void> {
  shop.setClockBack(milliseconds);
  shop.poke();
  await shop.delivery.idle();
}

test('the clock is set back: who was written to just before can be written to at once', async () => {
  await shop.conversation(1);
  await shop.until(await sent(1, 'Good morning'), 'accepted');
  shop.setClockBack(HOUR);
  await shop.until(await sent(1, 'Good morning again'), 'accepted');
});

test('the clock is set back: Meta’s 80 a second are not taken for used up', async () => {
  await Promise.all(Array.from({ length: 80 }, (_, index) => shop.conversation(index + 1)));
  const ids = await Promise.all(Array.from({ length: 80 }, (_, index) => shop.write(index + 1, 'Hello')));
  shop.poke();
  await shop.untilSo(async () => {
    const all = await Promise.all(ids.map(shop.message));
    return all.every(({ status }) => status === 'accepted');
  });
  await setBack(HOUR);
  const next = await shop.write(1, 'One more');
  await pass(SECOND);
  await shop.until(next, 'accepted');
});

test('the clock is set back: what Meta refused for now is tried again when it would have been', async () => {
  await shop.conversation(1);
  shop.simulator.trouble.failNext(131016, { httpStatus: 500 });
  const id = await sent(1, 'Good morning');
  await waitsAgain(id, 1);
  await setBack(HOUR);
  await pass(2 * SECOND);
  await shop.until(id, 'accepted');
});

test('the clock is set back: a number that Meta asked for silence is silent no longer than that', async () => {
  await shop.conversation(1);
  shop.simulator.trouble.failNext(130429, { httpStatus: 429 });
  const id = await sent(1, 'Good morning');
  await waitsAgain(id, 1);
  await setBack(HOUR);
  await pass(MINUTE);
  await shop.until(id, 'accepted');
});

test('the clock is set back: a lost network is tried again within a minute', async () => {
  await shop.conversation(1);
  shop.simulator.trouble.loseNetwork();
  const id = await sent(1, 'Good morning');
  for (let n = 0; n < 6; n++) {
    await pass(MINUTE);
  }
  await setBack(HOUR);
  shop.simulator.trouble.restoreNetwork();
  await pass(MINUTE);
  await shop.until(id, 'accepted');
});

test('the clock is set back over a restart: what waits goes out as soon as it would have', async () => {
  await shop.conversation(1);
  shop.simulator.trouble.failNext(131016, { httpStatus: 500 });
  const id = await sent(1, 'Good morning');
  await waitsAgain(id, 1);
  await shop.delivery.idle();
  await shop.crash();
  shop.setClockBack(48 * HOUR);
  await pass(2 * SECOND);
  await shop.until(id, 'accepted');
});

test('the clock is set back: an unknown send holds up its conversation, and its question, no longer for it', async () => {
  await shop.conversation(1);
  shop.simulator.trouble.resetAfterAccept();
  const unknown = await sent(1, 'Good morning');
  await shop.until(unknown, 'unknown');
  const next = await shop.write(1, 'Are you there?');
  await setBack(HOUR);
  await pass(30 * SECOND);
  await shop.until(next, 'accepted');
  await pass(15 * MINUTE);
  expect(await shop.outbox()).toMatchObject([{ messageId: unknown, askedAt: shop.clock.now }]);
});

async function sent(conversationId: number, text: string): Promise<number> {
  const id = await shop.write(conversationId, text);
  shop.poke();
  return id;
}
