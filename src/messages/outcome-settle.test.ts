import { afterEach, beforeEach, expect, test } from 'bun:test';
import { asc, eq } from 'drizzle-orm';
import { ada, NOON, NUMBER, openShop, seedConversation } from '#src/conversations/testing.ts';
import type { Commit } from '#src/db/database.ts';
import { accountEvents, messages, numbers, outbox } from '#src/db/schema/inbox/index.ts';
import { StorageFull } from '#src/errors.ts';
import { sealToken } from '#src/numbers/number-token.ts';
import { classOf, inPlainWords, scopeOf } from '#src/whatsapp/errors.ts';
import { composeMessage } from './compose.ts';
import { type Claim, claimDue } from './outbox-claim.ts';
import { type Outcome, settleOutcomes } from './outcome-settle.ts';
import { createPace } from './pace.ts';

const clock = { now: NOON, random: () => 1 };
let shop: Awaited<ReturnType<typeof openShop>>;
let claims: Claim[];

beforeEach(async () => {
  shop = await openShop();
  const { inbox } = shop;
  const token = sealToken(inbox, NUMBER, 'a token');
  await inbox.write('normal', [inbox.sql.update(numbers).set({ token })]);
  for (let id = 1; id <= 5; id++) {
    await inbox.write('normal', seedConversation(inbox, id, { windowExpiresAt: NOON + 1 }));
    const draft = {
      conversationId: id,
      text: `to ${id}`,
      key: `k${id}`,
      keyOwner: 'person:11',
      origin: 'inbox' as const,
    };
    await composeMessage(inbox, draft, ada, NOON);
  }
  ({ claims } = await claimDue(inbox, { numberId: NUMBER, limit: 5, now: NOON, pace: createPace() }));
});
afterEach(() => shop.close());

const accepted = (claim: Claim, wamid: string): Outcome => ({
  claim,
  outcome: { kind: 'accepted', wamid, waId: null, bsuid: null },
});
const refused = (claim: Claim, code: number): Outcome => ({
  claim,
  outcome: {
    kind: 'refused',
    error: { code, subcode: null, title: '', detail: '', isTransient: false },
    class: classOf(code),
    scope: scopeOf(code),
    retryAfterMs: null,
  },
});
const settle = (outcomes: Outcome[], around: (commit: Commit) => Commit = (commit) => commit) =>
  shop.inbox.turn((commit) => settleOutcomes(shop.inbox, around(commit), outcomes, clock));
const statuses = async () => {
  const rows = await shop.inbox.sql
    .select()
    .from(messages)
    .where(eq(messages.direction, 'out'))
    .orderBy(asc(messages.id));
  return rows.map(({ status }) => status);
};

test('outcomes that wait together share one batch', async () => {
  let batches = 0;
  const { settled } = await settle(
    claims.map((claim, place) => accepted(claim, `w${place}`)),
    (commit) => (durability, statements) => {
      batches += 1;
      expect(durability).toBe('full');
      return commit(durability, statements);
    },
  );

  expect(batches).toBe(1);
  expect(settled).toHaveLength(5);
  expect(await statuses()).toEqual(['accepted', 'accepted', 'accepted', 'accepted', 'accepted']);
});

test('one outcome that cannot be written becomes unknown, and its neighbours are kept', async () => {
  const outcomes = claims.map((claim, place) => accepted(claim, place === 2 ? 'w1' : `w${place}`));
  const { unwritten } = await settle(outcomes);

  expect(unwritten).toEqual([]);
  expect(await statuses()).toEqual(['accepted', 'accepted', 'unknown', 'accepted', 'accepted']);
  expect(await shop.inbox.sql.select().from(outbox)).toMatchObject([{ state: 'unknown' }]);
});

test('on a full disk everything still stands as being sent, and is written when there is room', async () => {
  const outcomes = claims.map((claim, place) => accepted(claim, `w${place}`));
  const full = () => () => Promise.reject(new StorageFull('the disk is full'));
  const { settled, unwritten } = await settle(outcomes, full);
  expect(settled).toEqual([]);
  expect(new Set(await statuses())).toEqual(new Set(['sending']));

  await settle(unwritten);
  expect(new Set(await statuses())).toEqual(new Set(['accepted']));
});

test('that Meta takes no marketing is told to whoever looks after the number, once, and the number goes on', async () => {
  await settle(claims.map((claim, place) => refused(claim, place < 3 ? 131063 : 131026)));

  expect(new Set(await statuses())).toEqual(new Set(['failed']));
  const told = await shop.inbox.sql.select().from(accountEvents);
  expect(told).toMatchObject([
    { kind: 'error', event: '131063', severity: 'critical', numberId: NUMBER, at: NOON, effect: null },
  ]);
  expect(JSON.parse(told[0]?.data ?? '')).toMatchObject({ title: inPlainWords(131063).title });
  expect(await shop.inbox.sql.select().from(numbers)).toMatchObject([{ state: 'live' }]);
});

test('what is the matter with a WhatsApp Business account pauses its numbers, and those of no other', async () => {
  const { inbox } = shop;
  const [number] = await inbox.sql.select().from(numbers);
  const others = [
    { id: NUMBER + 1, phoneNumberId: '206540352242922' },
    { id: NUMBER + 2, phoneNumberId: '306540352242922', wabaId: '302290129340398' },
  ];
  await inbox.write(
    'normal',
    others.map((other) =>
      inbox.sql.insert(numbers).values({ ...(number as NonNullable<typeof number>), ...other }),
    ),
  );
  await settle(claims.map((claim) => refused(claim, 131042)));

  const stand = await inbox.sql.select().from(numbers).orderBy(asc(numbers.id));
  expect(stand.map(({ state, pausedFor }) => [state, pausedFor])).toEqual([
    ['paused', '131042'],
    ['paused', '131042'],
    ['live', null],
  ]);
});

test('an outcome written twice changes nothing about the next try', async () => {
  const [claim] = claims;
  if (!claim) {
    throw new Error('nothing was claimed');
  }
  const notSent: Outcome = { claim, outcome: { kind: 'not-sent', why: 'no connection' } };
  await settle([notSent]);
  const next = { numberId: NUMBER, limit: 5, now: NOON + 1_000, pace: createPace() };
  await shop.inbox.write('normal', [shop.inbox.sql.update(outbox).set({ notBefore: NOON })]);
  await claimDue(shop.inbox, { ...next, now: NOON });
  await settle([notSent]);

  const [row] = await shop.inbox.sql.select().from(outbox).where(eq(outbox.id, claim.row.id));
  expect(row).toMatchObject({ state: 'sending', attempt: 2 });
});
