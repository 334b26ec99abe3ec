import { afterEach, beforeEach, expect, test } from 'bun:test';
import { asc, eq } from 'drizzle-orm';
import { ada } from '#src/conversations/testing.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { audit, contacts, conversations, identities, merges } from '#src/db/schema/inbox/index.ts';
import {
  bakery,
  fieldBody,
  NOON,
  openWebhookBench,
  type Shop,
  text,
  type WebhookBench,
  webhookBody,
} from '#src/webhooks/testing.ts';
import { undoMerge } from './undo-merge.ts';

/** Another business account of the same business, with a Meta app of its own. */
const market: Shop = {
  ...bakery,
  appId: 13,
  secret: 'market-secret-0123456789',
  phoneNumberId: '106540352249999',
  wabaId: '102290129349999',
};
const OWNER = '506914307656634';
let bench: WebhookBench;
let inbox: Inbox;

beforeEach(async () => {
  bench = await openWebhookBench([bakery, market]);
  inbox = await bench.inbox(bakery);
});
afterEach(() => bench.close());

let said = 0;
async function say(shop: Shop, from: { from?: string; from_user_id?: string }): Promise<void> {
  said += 1;
  const body = webhookBody(shop, text(`wamid.${said}`, 'Hello', { second: said, from }));
  expect((await bench.post(body, shop.secret)).status).toBe(200);
  await bench.settled();
}

async function tellOwner({ wabaId, secret }: Shop, owner = OWNER): Promise<void> {
  const value = { event: 'PARTNER_ADDED', waba_info: { waba_id: wabaId, owner_business_id: owner } };
  expect((await bench.post(fieldBody({ ...bakery, wabaId }, 'account_update', value), secret)).status).toBe(
    200,
  );
  await bench.settled();
}

const bsuids = async () =>
  (await inbox.sql.select().from(identities).orderBy(asc(identities.id)))
    .filter(({ kind }) => kind === 'bsuid')
    .map(({ scope, value, retiredAt }) => [scope, value, retiredAt === null]);
const survivors = async () =>
  (await inbox.sql.select().from(contacts)).filter(({ mergedIntoId }) => mergedIntoId === null).length;
const learnt = async () =>
  (await inbox.sql.select().from(audit)).filter(({ action }) => action === 'number.owner_learnt').length;

const unseen = { from_user_id: 'ZW.13491208655302741918' };
const scoped = [OWNER, unseen.from_user_id, true];

test.each([
  ['before', [say, tellOwner, say]],
  ['after', [tellOwner, say, say]],
] as const)(
  'who was met %s the portfolio was known is one person, and it is learnt once',
  async (_, steps) => {
    await tellOwner(market);
    for (const step of steps) {
      await (step === say ? say(bakery, unseen) : tellOwner(bakery));
    }
    await tellOwner(bakery);
    await tellOwner(bakery, '999');
    expect(await bsuids()).toEqual([scoped]);
    expect(await survivors()).toBe(1);
    expect(await learnt()).toBe(2);
  },
);

test('two who turn out to have one BSUID are merged, once, and can be parted again', async () => {
  await tellOwner(market);
  await say(market, unseen);
  await say(bakery, { from_user_id: 'ZW.1' });
  // As they were written down while a BSUID was looked for in one scope only.
  const asUnseen = inbox.sql.update(identities).set({ value: unseen.from_user_id });
  await inbox.write('full', [asUnseen.where(eq(identities.value, 'ZW.1'))]);
  expect(await survivors()).toBe(2);
  await tellOwner(bakery);
  await tellOwner(bakery);
  expect(await survivors()).toBe(1);
  expect(await bsuids()).toEqual([scoped, [OWNER, unseen.from_user_id, false]]);
  const [merge, ...others] = await inbox.sql.select().from(merges);
  expect(others).toEqual([]);
  expect(merge).toMatchObject({ why: 'link', by: null });
  await say(bakery, unseen);
  expect(await survivors()).toBe(1);

  await undoMerge(inbox, merge?.id ?? 0, ada, bench.clock.now);
  await say(bakery, unseen);
  await say(market, unseen);
  expect(await survivors()).toBe(2);
});

test('one who is known by a phone number, too, is one person already, and keeps one BSUID', async () => {
  const both = { from: '263771234567', ...unseen };
  await tellOwner(market);
  await say(market, both);
  await say(bakery, both);
  await tellOwner(bakery);
  expect(await survivors()).toBe(1);
  expect((await bsuids()).filter(([, , isCurrent]) => isCurrent)).toEqual([scoped]);
  expect(await inbox.sql.select().from(merges)).toEqual([]);
});

test('who speaks only with another business account keeps their BSUID as it is until its owner is known', async () => {
  await say(bakery, { from_user_id: 'ZW.1' });
  await say(market, { from_user_id: 'ZW.2' });
  await tellOwner(bakery);
  expect(await bsuids()).toEqual([
    [OWNER, 'ZW.1', true],
    ['', 'ZW.2', true],
  ]);
  await tellOwner(market, '999');
  expect(await bsuids()).toEqual([
    [OWNER, 'ZW.1', true],
    ['999', 'ZW.2', true],
  ]);
});

test('who is known by a BSUID is the same on a number whose owner is not known, and stays blocked', async () => {
  await say(bakery, unseen);
  await say(market, unseen);
  await inbox.write('full', [inbox.sql.update(contacts).set({ blockedAt: NOON })]);
  await tellOwner(bakery);
  for (const step of [async () => {}, () => tellOwner(market)]) {
    await step();
    await say(market, unseen);
    expect(await bsuids()).toEqual([scoped]);
    expect(await inbox.sql.select().from(contacts)).toMatchObject([{ blockedAt: NOON }]);
    expect(await inbox.sql.select().from(conversations)).toHaveLength(2);
  }
});

test('who stopped offers before the owner was known, and never wrote, is the same when they write', async () => {
  const metadata = { display_phone_number: '15550783881', phone_number_id: bakery.phoneNumberId };
  const stop = { category: 'marketing_messages', value: 'stop', timestamp: NOON / 1000 };
  const value = { metadata, user_preferences: [{ user_id: unseen.from_user_id, ...stop }] };
  expect((await bench.post(fieldBody(bakery, 'user_preferences', value))).status).toBe(200);
  await bench.settled();
  await tellOwner(bakery);
  expect(await bsuids()).toEqual([['', unseen.from_user_id, true]]);
  await say(bakery, unseen);
  expect(await bsuids()).toEqual([scoped]);
  expect(await survivors()).toBe(1);
});

test('a BSUID that somebody gave up is theirs on a number whose owner is not known, too', async () => {
  bench.clock.now = NOON + 600_000;
  await say(bakery, { from: '263771234567', from_user_id: 'ZW.1' });
  await tellOwner(bakery);
  const change = { wa_id: '263775550142', user_id: 'ZW.2', previous_user_id: 'ZW.1' };
  const message = {
    id: 'wamid.change',
    timestamp: String(NOON / 1000 + 300),
    type: 'system',
    from: '263771234567',
    system: { type: 'user_changed_number', ...change },
  };
  expect((await bench.post(webhookBody(bakery, { messages: [message] }))).status).toBe(200);
  await bench.settled();
  for (const from_user_id of ['ZW.1', 'ZW.2']) {
    await say(market, { from_user_id });
  }
  expect(await survivors()).toBe(1);
  expect(await bsuids()).toEqual([
    [OWNER, 'ZW.1', false],
    [OWNER, 'ZW.2', true],
  ]);
});
