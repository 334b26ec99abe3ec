import { afterAll, beforeAll, expect, test } from 'bun:test';
import fc from 'fast-check';
import { unroutedChanges } from '#src/db/schema/control.ts';
import { journal, messages } from '#src/db/schema/inbox/index.ts';
import {
  bakery,
  garage,
  openWebhookBench,
  type Shop,
  text,
  type WebhookBench,
  webhookBody,
} from './testing.ts';

let bench: WebhookBench;
let serial = 0;

beforeAll(async () => {
  bench = await openWebhookBench();
});
afterAll(() => bench.close());

const shops: readonly Shop[] = [bakery, garage];
const phones = [bakery.phoneNumberId, garage.phoneNumberId, '111111111111111', null];
const wabas = [bakery.wabaId, garage.wabaId, '999999999999999'];
const anyChange = fc.record({
  phoneNumberId: fc.constantFrom(...phones),
  wabaId: fc.constantFrom(...wabas),
});
const anyWebhook = fc.record({
  signer: fc.constantFrom(...shops),
  path: fc.constantFrom('', '/key-11', '/key-12'),
  changes: fc.array(anyChange, { minLength: 1, maxLength: 4 }),
});

type Webhook = { signer: Shop; path: string; changes: { phoneNumberId: string | null; wabaId: string }[] };

/** Each change carries, as its text, who signed it and what it names. */
function bodyOf({ signer, changes }: Webhook): string {
  const entry = changes.map(({ phoneNumberId, wabaId }) => {
    serial += 1;
    const label = JSON.stringify([signer.accountId, phoneNumberId, wabaId]);
    const shop = { ...signer, wabaId, phoneNumberId: phoneNumberId ?? '' };
    const [built] = JSON.parse(webhookBody(shop, text(`wamid.${serial}`, label))).entry;
    if (phoneNumberId === null) {
      delete built.changes[0].value.metadata;
    }
    return built;
  });
  return JSON.stringify({ object: 'whatsapp_business_account', entry });
}

const labels = async (shop: Shop) => {
  const { sql } = await bench.inbox(shop);
  const rows = await sql.select().from(journal);
  return rows.map((row) => JSON.parse(new TextDecoder().decode(row.raw)).value.messages[0].text.body);
};

test('two accounts, two apps, every mix of secret, number and WABA: no change ever crosses', async () => {
  await fc.assert(
    fc.asyncProperty(anyWebhook, async (webhook) => {
      const answer = await bench.post(
        bodyOf(webhook),
        webhook.signer.secret,
        `/webhooks/whatsapp${webhook.path}`,
      );
      const isOwnPath = webhook.path === '' || webhook.path === `/key-${webhook.signer.appId}`;
      expect(answer.status).toBe(isOwnPath ? 200 : 401);
    }),
    { numRuns: 120 },
  );
  await bench.settled();
  for (const shop of shops) {
    const found = await labels(shop);
    expect(found.length).toBeGreaterThan(0);
    for (const label of found) {
      const [signer, phone, waba] = JSON.parse(label);
      expect(signer).toBe(shop.accountId);
      expect(phone === shop.phoneNumberId || (phone === null && waba === shop.wabaId)).toBe(true);
    }
    const { sql } = await bench.inbox(shop);
    for (const { text: label } of await sql.select().from(messages)) {
      expect(JSON.parse(label).slice(0, 2)).toEqual([shop.accountId, shop.phoneNumberId]);
    }
  }
  const unrouted = await bench.storage.control.sql.select().from(unroutedChanges);
  for (const { appId, phoneNumberId, wabaId } of unrouted) {
    const signer = shops.find((shop) => shop.appId === appId);
    expect(
      phoneNumberId === signer?.phoneNumberId || (phoneNumberId === null && wabaId === signer?.wabaId),
    ).toBe(false);
  }
});
