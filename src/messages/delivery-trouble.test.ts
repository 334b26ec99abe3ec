import { afterEach, beforeEach, expect, test } from 'bun:test';
import { WINDOW_MS } from '#src/conversations/window.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { audit, numbers } from '#src/db/schema/inbox/index.ts';
import { UNTIL_LIFTED } from '#src/numbers/restriction.ts';
import { createWhatsApp } from '#src/whatsapp/client.ts';
import { openSendingShop, PHONE_NUMBER_ID, type SendingShop } from './delivery-testing.ts';
import { nextDue } from './outbox-next.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
let shop: SendingShop;
beforeEach(async () => {
  shop = await openSendingShop();
});
afterEach(() => shop.close());

const triesOf = () => shop.simulator.requests.length;
const next = (open: Inbox) => {
  const { now } = shop.clock;
  return nextDue(open, { after: now, now, startedAt: 0 });
};

test('a refusal for certain fails the message with the reason in plain words, and the customer waits again', async () => {
  await shop.conversation(1);
  shop.simulator.trouble.failNext(131026);
  const id = await shop.write(1, 'Good morning');
  shop.poke();
  await shop.until(id, 'failed');

  const { error, errorCode } = await shop.message(id);
  expect(errorCode).toBe(131026);
  expect(JSON.parse(error ?? '')).toMatchObject({
    code: 131026,
    title: 'WhatsApp cannot deliver to this customer.',
  });
  expect(await shop.waiting(1)).toBe(shop.clock.now);
  expect(await shop.outbox()).toEqual([]);
});

test('a refusal that passes is tried again later, as another attempt', async () => {
  await shop.conversation(1);
  shop.simulator.trouble.failNext(131016, { httpStatus: 500 });
  const id = await shop.write(1, 'Good morning');
  shop.poke();
  await shop.untilSo(async () => triesOf() === 1 && (await shop.message(id)).status === 'queued');
  await shop.delivery.idle();
  expect(triesOf()).toBe(1);

  shop.clock.now += 2 * SECOND;
  shop.poke();
  await shop.until(id, 'accepted');
  expect(shop.simulator.sent).toHaveLength(1);
  expect(shop.simulator.sent[0]?.body.biz_opaque_callback_data).toEndWith(`.${id}.2`);
});

test('an unknown error of Meta’s is tried once more and then told', async () => {
  await shop.conversation(1);
  shop.simulator.trouble.failNext(131000, { count: 2 });
  const id = await shop.write(1, 'Good morning');
  shop.poke();
  await shop.untilSo(async () => triesOf() === 1 && (await shop.message(id)).status === 'queued');
  await shop.delivery.idle();
  shop.clock.now += 2 * SECOND;
  shop.poke();
  await shop.until(id, 'failed');

  expect(triesOf()).toBe(2);
});

test('an expired token pauses the number once, and its messages go when it has a new one', async () => {
  await shop.conversation(1);
  await shop.conversation(2);
  shop.simulator.trouble.expireToken(PHONE_NUMBER_ID);
  const ids = [await shop.write(1, 'one'), await shop.write(2, 'two')];
  shop.poke();
  await shop.untilSo(async () => (await shop.number()).state === 'paused');
  await shop.delivery.idle();
  expect((await shop.number()).pausedFor).toBe('token');
  expect((await shop.outbox()).map(({ state }) => state)).toEqual(['queued', 'queued']);
  const tries = triesOf();
  shop.poke();
  await shop.delivery.idle();
  expect(triesOf()).toBe(tries);

  await shop.resume('a-newer-token');
  shop.poke();
  await Promise.all(ids.map((id) => shop.until(id, 'accepted')));
  expect(shop.simulator.sent).toHaveLength(2);
});

test('while Meta lets nobody be answered, answers wait, and go by themselves at the end, also after a restart', async () => {
  const until = shop.clock.now + 60 * MINUTE;
  await shop.conversation(1);
  await shop.inbox((open) =>
    open.write('full', [open.sql.update(numbers).set({ answersForbiddenUntil: until })]),
  );
  const id = await shop.write(1, 'Good morning');
  shop.poke();
  await shop.delivery.idle();
  expect(triesOf()).toBe(0);
  expect((await shop.message(id)).status).toBe('queued');
  expect(await shop.inbox(next)).toBe(until);

  await shop.crash();
  shop.clock.now = until - 1;
  shop.poke();
  await shop.delivery.idle();
  expect(triesOf()).toBe(0);

  shop.clock.now = until;
  shop.poke();
  await shop.delivery.idle();
  expect(triesOf()).toBe(1);
  expect(await shop.number()).toMatchObject({ state: 'live', answersForbiddenUntil: null });
  expect(shop.published.some(({ conversationId }) => conversationId === 1)).toBe(true);
  const trail = await shop.inbox((open) => open.sql.select().from(audit));
  expect(trail.map(({ action }) => action)).toEqual(['number.unrestricted']);
});

test('an answer that Meta forbids waits no longer than the window: then it has failed, and the customer waits again', async () => {
  const end = shop.clock.now + WINDOW_MS;
  await shop.conversation(1);
  const since = await shop.waiting(1);
  await shop.inbox((open) =>
    open.write('full', [open.sql.update(numbers).set({ answersForbiddenUntil: UNTIL_LIFTED })]),
  );
  const id = await shop.write(1, 'Good morning');
  expect(await shop.waiting(1)).toBeNull();
  shop.poke();
  await shop.delivery.idle();
  expect((await shop.message(id)).status).toBe('queued');
  expect(await shop.inbox(next)).toBe(end);

  shop.clock.now = end;
  shop.poke();
  await shop.until(id, 'failed');
  expect((await shop.message(id)).errorCode).toBe(131047);
  expect(await shop.waiting(1)).toBe(since);
  expect(triesOf()).toBe(0);
  expect(await shop.inbox(next)).toBeNull();
});

test('a refusal of the old token does not pause a number that has a new one', async () => {
  await shop.conversation(1);
  shop.simulator.trouble.expireToken(PHONE_NUMBER_ID);
  const id = await shop.write(1, 'one');
  const { send } = shop.parts.whatsapp;
  shop.parts.whatsapp = {
    ...shop.parts.whatsapp,
    async send(number, message) {
      const outcome = await send(number, message);
      if (outcome.kind === 'refused') {
        await shop.resume('a-newer-token');
      }
      return outcome;
    },
  };
  shop.poke();
  await shop.until(id, 'accepted');

  expect((await shop.number()).state).toBe('live');
});

test('when Meta slows down one recipient, only that one waits', async () => {
  await shop.conversation(1);
  await shop.conversation(2);
  shop.simulator.trouble.failNext(131056);
  const slow = await shop.write(1, 'slow');
  shop.poke();
  await shop.untilSo(async () => triesOf() === 1 && (await shop.message(slow)).status === 'queued');
  const next = await shop.write(1, 'behind it');
  const other = await shop.write(2, 'other');
  shop.poke();
  await shop.until(other, 'accepted');
  await shop.delivery.idle();
  expect((await shop.message(next)).status).toBe('queued');

  shop.clock.now += 8 * SECOND;
  shop.poke();
  await shop.until(next, 'accepted');
  expect(shop.simulator.sent).toHaveLength(3);
});

test('when Meta slows down the account, everything waits as long as it says', async () => {
  await shop.conversation(1);
  await shop.conversation(2);
  shop.simulator.trouble.failNext(80007);
  const first = await shop.write(1, 'one');
  shop.poke();
  await shop.untilSo(async () => triesOf() === 1 && (await shop.message(first)).status === 'queued');
  const second = await shop.write(2, 'two');
  shop.poke();
  await shop.delivery.idle();
  expect(triesOf()).toBe(1);

  shop.clock.now += MINUTE;
  shop.poke();
  await shop.until(first, 'accepted');
  await shop.until(second, 'accepted');
});

/** With a client that soon has waited long enough: the product's would do so for 20 s. */
function hang(): void {
  const { log } = shop.parts;
  const graphUrl = shop.simulator.url;
  shop.parts.whatsapp = createWhatsApp({ graphUrl, graphVersion: 'v25.0', timeoutMs: 1_000, log });
  shop.simulator.trouble.hang();
}

for (const [name, trouble] of [
  ['hangs', hang],
  ['is cut after the message was taken', () => shop.simulator.trouble.resetAfterAccept()],
  ['is cut before', () => shop.simulator.trouble.resetBeforeAccept()],
  ['answers 200 with garbage', () => shop.simulator.trouble.garbage()],
  ['answers 502 with a page of HTML', () => shop.simulator.trouble.httpError(502)],
] as const) {
  test(`when Meta ${name}, nobody knows, and nothing is sent again by itself`, async () => {
    await shop.conversation(1);
    trouble();
    const id = await shop.write(1, 'Good morning');
    shop.poke();
    await shop.until(id, 'unknown');
    shop.clock.now += 10 * MINUTE;
    shop.poke();
    await shop.delivery.idle();

    expect(triesOf()).toBe(1);
    expect(await shop.outbox()).toMatchObject([{ state: 'unknown', attempt: 1 }]);
    expect(await shop.attempts()).toMatchObject([{ outcome: 'unknown' }]);
  });
}

test('behind an unknown outcome the next message waits for half a minute, others do not', async () => {
  await shop.conversation(1);
  await shop.conversation(2);
  shop.simulator.trouble.resetAfterAccept();
  const lost = await shop.write(1, 'lost');
  const behind = await shop.write(1, 'behind it');
  shop.poke();
  await shop.until(lost, 'unknown');
  const other = await shop.write(2, 'other');
  shop.poke();
  await shop.until(other, 'accepted');
  await shop.delivery.idle();
  expect((await shop.message(behind)).status).toBe('queued');

  shop.clock.now += 30 * SECOND;
  shop.poke();
  await shop.until(behind, 'accepted');
});

test('without a connection everything waits, and goes when it is back', async () => {
  const { whatsapp, log } = shop.parts;
  shop.parts.whatsapp = createWhatsApp({ graphUrl: 'http://127.0.0.1:1', graphVersion: 'v25.0', log });
  const ids: number[] = [];
  for (let id = 1; id <= 5; id++) {
    await shop.conversation(id);
    ids.push(await shop.write(id, 'Good morning'));
  }
  shop.poke();
  await shop.untilSo(
    async () => (await shop.attempts()).filter(({ outcome }) => outcome === 'not_sent').length === 5,
  );
  await shop.delivery.idle();
  expect((await shop.outbox()).every(({ state }) => state === 'queued')).toBe(true);
  shop.clock.now += SECOND;
  shop.poke();
  await shop.delivery.idle();
  expect(await shop.attempts()).toHaveLength(5);

  shop.parts.whatsapp = whatsapp;
  shop.clock.now += MINUTE;
  shop.poke();
  await Promise.all(ids.map((id) => shop.until(id, 'accepted')));
  expect(shop.simulator.sent).toHaveLength(5);
});

test('a status that overtakes the answer stands, and the outbox is empty all the same', async () => {
  await shop.conversation(1);
  const id = await shop.write(1, 'Good morning');
  const { send } = shop.parts.whatsapp;
  shop.parts.whatsapp = {
    ...shop.parts.whatsapp,
    async send(number, message) {
      const outcome = await send(number, message);
      await shop.setStatus(id, 'delivered');
      return outcome;
    },
  };
  shop.poke();
  await shop.untilSo(async () => (await shop.outbox()).length === 0);

  const { status, wamid } = await shop.message(id);
  expect({ status, wamid }).toEqual({ status: 'delivered', wamid: shop.simulator.sent[0]?.wamid ?? '' });
});

test('a status that settles a send whose answer never comes is enough', async () => {
  await shop.conversation(1);
  const id = await shop.write(1, 'Good morning');
  const { send } = shop.parts.whatsapp;
  shop.simulator.trouble.resetAfterAccept();
  shop.parts.whatsapp = {
    ...shop.parts.whatsapp,
    async send(number, message) {
      const outcome = await send(number, message);
      await shop.setStatus(id, 'sent');
      return outcome;
    },
  };
  shop.poke();
  await shop.untilSo(async () => (await shop.outbox()).length === 0);

  expect((await shop.message(id)).status).toBe('sent');
});
