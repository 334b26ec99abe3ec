import { afterEach, beforeEach, expect, test } from 'bun:test';
import { unroutedChanges } from '#src/db/schema/control.ts';
import { messages } from '#src/db/schema/inbox/index.ts';
import {
  bakery,
  connect,
  garage,
  openWebhookBench,
  type Shop,
  text,
  type WebhookBench,
  webhookBody,
} from './testing.ts';
import { purgeUnrouted, takeOverUnrouted } from './unrouted.ts';

/** A second number of the bakery's, not connected yet. */
const stall: Shop = { ...bakery, phoneNumberId: '998877665544332', wabaId: '102290129349999' };
let bench: WebhookBench;

beforeEach(async () => {
  bench = await openWebhookBench();
});
afterEach(() => bench.close());

const unrouted = () => bench.storage.control.sql.select().from(unroutedChanges);
const takeOver = async (shop: Shop) => {
  await takeOverUnrouted(bench.services, await bench.inbox(shop), shop);
  await bench.settled();
};
const texts = async (shop: Shop) =>
  (await (await bench.inbox(shop)).sql.select().from(messages)).map((row) => row.text).sort();

test('what came before a number was connected is there once it is', async () => {
  const early = webhookBody(stall, text('wamid.1', 'Early'));
  expect((await bench.post(early)).status).toBe(200);
  expect((await bench.post(early)).status).toBe(200);
  expect(await unrouted()).toHaveLength(1);
  await connect(bench.services, stall);
  await takeOver(stall);
  expect(await texts(bakery)).toEqual(['Early']);
  expect(await unrouted()).toEqual([]);
  expect((await bench.post(webhookBody(stall, text('wamid.2', 'Late')))).status).toBe(200);
  await bench.settled();
  expect(await texts(bakery)).toEqual(['Early', 'Late']);
});

test('it is there also when the program ended before it was handed over', async () => {
  await bench.post(webhookBody(stall, text('wamid.1', 'Early')));
  await connect(bench.services, stall);
  await bench.restart();
  expect(await texts(bakery)).toEqual(['Early']);
  expect(await unrouted()).toEqual([]);
});

test('what another app signed for the number stays where it is', async () => {
  await bench.post(webhookBody(stall, text('wamid.1', 'Forged by the garage')), garage.secret);
  await connect(bench.services, stall);
  await takeOver(stall);
  expect(await texts(bakery)).toEqual([]);
  expect(await unrouted()).toMatchObject([{ appId: garage.appId }]);
});

test('after seven days it is let go', async () => {
  await bench.post(webhookBody(stall, text('wamid.1', 'Early')));
  await purgeUnrouted(bench.storage.control, bench.clock.now + 7 * 24 * 3_600_000);
  expect(await unrouted()).toHaveLength(1);
  await purgeUnrouted(bench.storage.control, bench.clock.now + 7 * 24 * 3_600_000 + 1);
  expect(await unrouted()).toEqual([]);
});
