import { afterEach, beforeEach, expect, test } from 'bun:test';
import type { Inbox } from '#src/db/inbox.ts';
import { messages, numberUse } from '#src/db/schema/inbox/index.ts';
import {
  bakery,
  noor,
  openWebhookBench,
  statusOf,
  text,
  type WebhookBench,
  webhookBody,
} from '#src/webhooks/testing.ts';
import { toUse } from './use.ts';
import type { Rate } from './use-rates.ts';

let bench: WebhookBench;
let inbox: Inbox;

beforeEach(async () => {
  bench = await openWebhookBench([bakery]);
  inbox = await bench.inbox(bakery);
});
afterEach(() => bench.close());

async function arrive(...values: object[]): Promise<void> {
  for (const value of values) {
    expect((await bench.post(webhookBody(bakery, value))).status).toBe(200);
    await bench.settled();
  }
}

/** A message of ours that Meta has taken. */
async function sent(wamid: string): Promise<void> {
  const [inbound] = await inbox.sql.select().from(messages);
  if (!inbound) {
    throw new Error('nobody has written yet');
  }
  const ours = { direction: 'out', authorKind: 'api', status: 'accepted', statusRank: 4 } as const;
  await inbox.write('full', [
    inbox.sql.insert(messages).values({ ...inbound, ...ours, id: inbox.nextId(), wamid }),
  ]);
}

const free = { pricing: { type: 'free_customer_service', category: 'service' } };
const regular = { pricing: { type: 'regular', category: 'service' } };
const status = (word: string, more: object = {}) => statusOf('wamid.out', word, more);
const used = async () =>
  (await inbox.sql.select().from(numberUse)).map(({ numberId: _, ...row }) => Object.values(row).join(' '));

const courses: [string, object[], string[]][] = [
  [
    'sent, then delivered with a price',
    [status('sent', free), status('delivered', free)],
    ['202611 263 free_customer_service service 1'],
  ],
  [
    'delivered and read, each with a price',
    [status('delivered', free), status('read', free)],
    ['202611 263 free_customer_service service 1'],
  ],
  [
    'read before delivered',
    [status('read'), status('delivered', free)],
    ['202611 263 free_customer_service service 1'],
  ],
  ['the same five times', Array(5).fill(status('delivered', regular)), ['202611 263 regular service 1']],
  ['only sent', [status('sent', regular)], []],
  ['failed, though it had a price', [status('sent', regular), status('failed')], []],
  ['delivered without a price', [status('delivered')], []],
];
test.each(courses)(
  'a message is counted once, when it is delivered and has a price: %s',
  async (_, told, counted) => {
    await arrive(text('wamid.in', 'Hi'));
    await sent('wamid.out');
    await arrive(...told);
    expect(await used()).toEqual(counted);
  },
);

test('a status that comes before its message counts when the message does', async () => {
  const report = status('delivered', { ...regular, recipient_id: noor.from });
  await arrive(report, text('wamid.in', 'Hi'));
  await sent('wamid.out');
  await arrive(status('read', regular));
  expect(await used()).toEqual(['202611 263 regular service 1']);
});

test('somebody without a phone number is charged as of the country of their id', async () => {
  await arrive(text('wamid.in', 'Hi', { from: { from_user_id: 'KE.77' } }));
  await sent('wamid.out');
  await arrive(statusOf('wamid.out', 'delivered', { ...regular, recipient_id: undefined }));
  expect(await used()).toEqual(['202611 254 regular service 1']);
});

const row = (callingCode: string, type: string, category: string, delivered: number) => ({
  numberId: 1,
  month: 202611,
  callingCode,
  type,
  category,
  delivered,
});
const rate = (
  callingCode: string,
  category: string,
  micros: number,
  since = 202601,
  currency = 'USD',
): Rate => ({
  callingCode,
  category,
  micros,
  since,
  currency,
});

test('the cost is by the rate of the country and month, and what has none is said', () => {
  const rows = [
    row('263', 'free_customer_service', 'service', 1_000),
    row('263', 'regular', 'service', 40),
    row('254', 'regular', 'service', 10),
    row('254', 'regular', 'marketing', 7),
    row('', 'regular', 'utility', 3),
  ];
  const rates = [
    rate('263', 'service', 5_000),
    rate('263', 'service', 6_000, 202610),
    rate('263', 'service', 9_000, 202612),
    rate('', 'service', 20_000),
    rate('254', 'utility', 1),
  ];
  const use = toUse(202611, rows, rates);
  expect(use.categories).toEqual([
    { category: 'service', delivered: 1_050, free: 1_000, cost: [{ currency: 'USD', micros: 440_000 }] },
    { category: 'marketing', delivered: 7, free: 0, cost: [] },
    { category: 'utility', delivered: 3, free: 0, cost: [] },
  ]);
  expect(use).toMatchObject({ freeUsed: 1_000, isFreeOver: true, total: [{ micros: 440_000 }] });
  expect(use.unrated).toEqual([
    { category: 'marketing', callingCode: '254', messages: 7 },
    { category: 'utility', callingCode: '', messages: 3 },
  ]);
});
