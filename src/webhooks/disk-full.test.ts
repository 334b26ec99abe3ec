import { afterEach, beforeEach, expect, test } from 'bun:test';
import { sql } from 'drizzle-orm';
import { journal, messages } from '#src/db/schema/inbox/index.ts';
import { loggedLines } from '#src/testing/log.ts';
import { bakery, garage, openWebhookBench, text, type WebhookBench, webhookBody } from './testing.ts';

let bench: WebhookBench;

beforeEach(async () => {
  bench = await openWebhookBench();
});
afterEach(() => bench.close());

test('when the disk is full Meta is asked to come again, reading goes on, and afterwards all is as before', async () => {
  const inbox = await bench.inbox(bakery);
  await bench.post(webhookBody(bakery, text('wamid.1', 'There was room')));
  await bench.settled();
  await inbox.objects(sql.raw('pragma max_page_count = 1'));
  const large = webhookBody(bakery, text('wamid.2', 'x'.repeat(60_000)));
  const refused = await bench.post(large);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
  const warning = loggedLines().find((line) => line.includes('a webhook could not be stored'));
  expect(JSON.parse(warning ?? '{}').requestId).toMatch(/^[\w-]{12}$/);
  expect(await inbox.sql.select().from(messages)).toHaveLength(1);
  expect(
    (await bench.post(webhookBody(garage, text('wamid.3', 'Elsewhere there is')), garage.secret)).status,
  ).toBe(200);

  await inbox.objects(sql.raw('pragma max_page_count = 1073741823'));
  expect((await bench.post(large)).status).toBe(200);
  await bench.settled();
  expect((await inbox.sql.select().from(messages)).map((row) => row.wamid)).toEqual(['wamid.1', 'wamid.2']);
  expect((await inbox.sql.select().from(journal)).map((row) => row.state)).toEqual(['done', 'done']);
});
