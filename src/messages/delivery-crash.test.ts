import { afterEach, beforeEach, expect, test } from 'bun:test';
import { NUMBER } from '#src/conversations/testing.ts';
import { until } from '#src/testing/until.ts';
import { openSendingShop, type SendingShop } from './delivery-testing.ts';
import { recoverOutbox } from './outbox.ts';
import { claimDue } from './outbox-claim.ts';
import { createPace } from './pace.ts';

const MINUTE = 60_000;
let shop: SendingShop;
beforeEach(async () => {
  shop = await openSendingShop();
});
afterEach(() => shop.close());

const claim = () =>
  shop.inbox((inbox) =>
    claimDue(inbox, { numberId: NUMBER, limit: 16, now: shop.clock.now, pace: createPace() }),
  );

test('a message that was only queued is sent after a crash', async () => {
  await shop.conversation(1);
  const id = await shop.write(1, 'Good morning');
  await shop.crash();
  shop.poke();
  await shop.until(id, 'accepted');

  expect(shop.simulator.sent).toHaveLength(1);
});

test('a message that was claimed is unknown after a crash, and is not sent by itself', async () => {
  await shop.conversation(1);
  const id = await shop.write(1, 'Good morning');
  await claim();
  expect((await shop.message(id)).status).toBe('sending');
  await shop.crash();

  expect((await shop.message(id)).status).toBe('unknown');
  expect(await shop.outbox()).toMatchObject([{ state: 'unknown', attempt: 1 }]);
  expect(await shop.attempts()).toMatchObject([{ outcome: 'unknown' }]);
  shop.poke();
  await shop.delivery.idle();
  expect(shop.simulator.requests).toEqual([]);
});

test('a message that a status settled before the crash is done', async () => {
  await shop.conversation(1);
  const id = await shop.write(1, 'Good morning');
  await claim();
  await shop.setStatus(id, 'sent');
  await shop.crash();

  expect((await shop.message(id)).status).toBe('sent');
  expect(await shop.outbox()).toEqual([]);
});

test('a file that was at Meta before a crash is not uploaded again, one that was not is, and each message goes once', async () => {
  await shop.conversation(1);
  await shop.conversation(2);
  const [uploaded, waiting] = [
    await shop.writeFile(1, 'Already there'),
    await shop.writeFile(2, 'Not yet there'),
  ];
  await shop.handToMeta(uploaded);
  await shop.crash();
  shop.poke();
  await shop.until(uploaded, 'accepted');
  await shop.until(waiting, 'accepted');

  const uploads = shop.simulator.requests.filter(({ path }) => path.endsWith('/media'));
  expect(uploads).toHaveLength(1);
  expect(shop.simulator.sent.map(({ type }) => type)).toEqual(['document', 'document']);
});

test('an upload that the end of the program breaks off is begun anew at the next start', async () => {
  await shop.conversation(1);
  shop.simulator.trouble.hang(1, { on: 'upload' });
  const id = await shop.writeFile(1, 'A long one');
  shop.poke();
  await until('the upload to be under way', async () => shop.simulator.uploads.length === 1);
  await shop.delivery.stop(10_000);
  expect((await shop.message(id)).status).toBe('queued');

  await shop.crash();
  shop.poke();
  await shop.until(id, 'accepted');
  expect(shop.simulator.uploads).toHaveLength(2);
  expect(shop.simulator.sent).toHaveLength(1);
});

test('it is known how many sends a crash cut off, and how many of them a status has settled', async () => {
  await shop.conversation(1);
  await shop.conversation(2);
  await shop.write(1, 'Good morning');
  const settled = await shop.write(2, 'Good evening');
  await claim();
  await shop.setStatus(settled, 'sent');

  const recover = () => shop.inbox((inbox) => recoverOutbox(inbox, shop.clock.now));
  expect(await recover()).toEqual({ unknown: 1, settled: 1 });
  expect(await recover()).toEqual({ unknown: 0, settled: 0 });
});

test('after a long stop people are asked a quarter of an hour after the start, not at once', async () => {
  await shop.conversation(1);
  await shop.write(1, 'Good morning');
  await claim();
  shop.clock.now += 60 * MINUTE;
  await shop.crash();
  shop.poke();
  await shop.delivery.idle();
  expect((await shop.outbox())[0]?.askedAt).toBeNull();

  shop.clock.now += 15 * MINUTE;
  shop.poke();
  await shop.delivery.idle();
  expect((await shop.outbox())[0]?.askedAt).toBe(shop.clock.now);
});
