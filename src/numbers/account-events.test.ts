import { afterEach, beforeEach, expect, test } from 'bun:test';
import type { Inbox } from '#src/db/inbox.ts';
import { accountEvents, audit, journal, numbers } from '#src/db/schema/inbox/index.ts';
import { JOURNAL_KEPT_MS } from '#src/webhooks/purge.ts';
import {
  bakery,
  connect,
  fieldBody,
  NOON,
  openWebhookBench,
  statusOf,
  type WebhookBench,
  webhookBody,
} from '#src/webhooks/testing.ts';
import { readBodies } from '#src/whatsapp/bodies/bodies.ts';
import { countOthers } from './account-event.ts';
import { purgeOtherEvents } from './purge-events.ts';
import { UNTIL_LIFTED } from './restriction.ts';

let bench: WebhookBench;
let inbox: Inbox;

beforeEach(async () => {
  bench = await openWebhookBench([bakery]);
  inbox = await bench.inbox(bakery);
});
afterEach(() => bench.close());

async function tell(field: string, value: object, second = 0): Promise<void> {
  expect((await bench.post(fieldBody(bakery, field, value, NOON / 1000 + second))).status).toBe(200);
  await bench.settled();
}

const ban = (state: string, date = 'today') => ({
  event: 'DISABLED_UPDATE',
  ban_info: { waba_ban_state: state, waba_ban_date: date },
});
const stateOf = async () => (await inbox.sql.select().from(numbers))[0];

test('every body of a field that is about numbers or the account is kept, and none is lost', async () => {
  const bodies = readBodies('fields');
  for (const [index, { field, value }] of bodies.entries()) {
    await tell(field, value, index);
  }
  expect((await inbox.sql.select().from(journal)).filter(({ state }) => state !== 'done')).toEqual([]);
  const rows = await inbox.sql.select().from(accountEvents);
  const counted = Map.groupBy(rows, ({ kind }) => kind);
  expect(Object.fromEntries([...counted].map(([kind, of]) => [kind, of.length]))).toMatchInlineSnapshot(`
    {
      "account": 20,
      "alert": 2,
      "group": 4,
      "history": 1,
      "limit": 4,
      "name": 2,
      "other": 9,
      "quality": 1,
      "review": 4,
      "security": 2,
      "template": 8,
      "username": 3,
    }
  `);
});

test('what Meta repeats changes nothing, also when it comes in another batch and much later', async () => {
  const flagged = { display_phone_number: '15550783881', event: 'FLAGGED', current_limit: 'TIER_1K' };
  for (let time = 0; time < 3; time += 1) {
    await tell('phone_number_quality_update', flagged);
    await bench.restart();
    inbox = await bench.inbox(bakery);
    await inbox.write('full', [inbox.sql.delete(journal)]);
  }
  expect(await inbox.sql.select().from(accountEvents)).toMatchObject([
    { kind: 'quality', event: 'FLAGGED', severity: 'critical', at: NOON, numberId: 100 },
  ]);
});

test('that Meta refuses messages until an admin acts is told once a day, however many it refuses', async () => {
  const failed = (wamid: string, code: number, second: number) =>
    statusOf(wamid, 'failed', { timestamp: String(NOON / 1000 + second), errors: [{ code, title: 'x' }] });
  const DAY = 24 * 60 * 60;
  for (const [wamid, code, second] of [
    ['wamid.1', 131042, 0],
    ['wamid.2', 131042, 60],
    ['wamid.2', 131042, 60],
    ['wamid.3', 131026, 60],
    ['wamid.4', 131042, DAY],
    ['wamid.5', 131037, 0],
  ] as const) {
    expect((await bench.post(webhookBody(bakery, failed(wamid, code, second)))).status).toBe(200);
    await bench.settled();
  }
  const rows = await inbox.sql.select().from(accountEvents);
  expect(rows).toMatchObject([
    { kind: 'error', event: '131042', severity: 'critical', numberId: null, at: NOON },
    { kind: 'error', event: '131042', severity: 'critical', numberId: null, at: NOON + DAY * 1000 },
    { kind: 'error', event: '131037', severity: 'critical', numberId: 100, at: NOON },
  ]);
  expect(JSON.parse(rows[0]?.data ?? '')).toEqual({
    title: expect.stringContaining('pay'),
    detail: expect.stringContaining('WhatsApp Manager'),
  });
});

test('an event is about the number that it names, however that is written; else about the account', async () => {
  await tell('phone_number_name_update', { display_phone_number: '+1 555-078-3881', decision: 'APPROVED' });
  await tell('phone_number_name_update', { display_phone_number: '15550000000', decision: 'APPROVED' });
  const rows = await inbox.sql.select().from(accountEvents);
  expect(rows.map(({ numberId, wabaId }) => [numberId, wabaId])).toEqual([
    [100, bakery.wabaId],
    [null, bakery.wabaId],
  ]);
});

const orders: [string, [string, number][], string | null][] = [
  ['a ban pauses', [['DISABLE', 0]], 'account:disabled'],
  [
    'its end resumes',
    [
      ['DISABLE', 0],
      ['REINSTATE', 9],
    ],
    null,
  ],
  [
    'an end that comes before the ban it ended',
    [
      ['REINSTATE', 9],
      ['DISABLE', 0],
    ],
    null,
  ],
  [
    'an old end that comes after a newer ban',
    [
      ['DISABLE', 9],
      ['REINSTATE', 0],
    ],
    'account:disabled',
  ],
  [
    'the ban repeated after its end',
    [
      ['DISABLE', 0],
      ['REINSTATE', 9],
      ['DISABLE', 0],
    ],
    null,
  ],
  ['a ban that is only announced', [['SCHEDULE_FOR_DISABLE', 0]], null],
];
test.each(orders)('%s: sending stands as Meta’s newest word says', async (_, events, pausedFor) => {
  for (const [state, second] of events) {
    await tell('account_update', ban(state), second);
  }
  expect(await stateOf()).toMatchObject({ state: pausedFor === null ? 'live' : 'paused', pausedFor });
});

test('a ban means every number of its business account, and its end resumes nothing that stands for another reason', async () => {
  const second = {
    ...bakery,
    phoneNumberId: '106540352242923',
    appId: 13,
    secret: 'other-secret-0123456789',
  };
  const foreign = {
    ...second,
    phoneNumberId: '106540352242924',
    wabaId: '999',
    appId: 14,
    secret: 'third-secret-0123456789',
  };
  await connect(bench.services, second);
  await connect(bench.services, foreign);
  await tell('account_update', ban('DISABLE'));
  const states = async () =>
    Object.fromEntries(
      (await inbox.sql.select().from(numbers)).map((row) => [row.phoneNumberId, row.pausedFor]),
    );
  expect(await states()).toEqual({
    [bakery.phoneNumberId]: 'account:disabled',
    [second.phoneNumberId]: 'account:disabled',
    [foreign.phoneNumberId]: null,
  });
  const actions = (await inbox.sql.select().from(audit)).map(({ action, object }) => `${action} ${object}`);
  expect(actions).toEqual([`number.paused waba:${bakery.wabaId}`]);
});

const restriction = (type: string, days: number | null) => ({
  event: 'ACCOUNT_RESTRICTION',
  restriction_info: [
    {
      restriction_type: type,
      ...(days === null ? {} : { expiration: NOON / 1000 + days * 86_400 }),
    },
  ],
});
const STARTS = 'RESTRICTED_BIZ_INITIATED_MESSAGING';
const ANSWERS = 'RESTRICTED_CUSTOMER_INITIATED_MESSAGING';
const DAY = 86_400_000;

const restrictions: [string, [string, number | null, number][], (number | null)[]][] = [
  ['one on first messages', [[STARTS, 7, 0]], [NOON + 7 * DAY, null]],
  ['one on answers', [[ANSWERS, 1, 0]], [null, NOON + DAY]],
  ['one without an end', [[STARTS, null, 0]], [UNTIL_LIFTED, null]],
  ['one on something else', [['RESTRICTED_ADD_PHONE_NUMBER_ACTION', 7, 0]], [null, null]],
  ['one that has ended', [[STARTS, -1, 0]], [null, null]],
  [
    'a newer one that ends earlier',
    [
      [STARTS, 7, 0],
      [STARTS, 1, 9],
    ],
    [NOON + DAY, null],
  ],
  [
    'an older one that comes later',
    [
      [STARTS, 1, 9],
      [STARTS, 7, 0],
    ],
    [NOON + DAY, null],
  ],
  [
    'a newer one that has ended already',
    [
      [STARTS, 7, 0],
      [STARTS, -1, 9],
    ],
    [null, null],
  ],
];
test.each(restrictions)(
  '%s: what is forbidden is as Meta’s newest word says',
  async (_, events, expected) => {
    for (const [type, days, second] of events) {
      await tell('account_update', restriction(type, days), second);
    }
    const number = await stateOf();
    expect([number?.startsForbiddenUntil ?? null, number?.answersForbiddenUntil ?? null]).toEqual(expected);
    expect(number?.state).toBe('live');
  },
);

test('a restriction that somebody has lifted stays lifted when Meta repeats it', async () => {
  await tell('account_update', restriction(STARTS, 7));
  await inbox.write('full', [inbox.sql.update(numbers).set({ startsForbiddenUntil: null })]);
  await tell('account_update', restriction(STARTS, 7));
  expect(await stateOf()).toMatchObject({ startsForbiddenUntil: null });
  expect(
    (await inbox.sql.select().from(audit)).map(({ action, data }) => [action, JSON.parse(data)]),
  ).toEqual([['number.restricted', { forbids: 'starts', until: NOON + 7 * DAY }]]);
});

test('that a restriction has ended is noted only where one stood', async () => {
  const actions = async () => (await inbox.sql.select().from(audit)).map(({ action }) => action);
  await tell('account_update', restriction(STARTS, -1));
  expect(await actions()).toEqual([]);
  await tell('account_update', restriction(STARTS, 7), 1);
  await tell('account_update', restriction(STARTS, -1), 2);
  expect(await actions()).toEqual(['number.restricted', 'number.unrestricted']);
});

test('a number that waits for a token waits on when a ban has ended', async () => {
  await inbox.write('full', [inbox.sql.update(numbers).set({ state: 'paused', pausedFor: 'token' })]);
  await tell('account_update', ban('DISABLE'), 0);
  await tell('account_update', ban('REINSTATE'), 1);
  expect(await stateOf()).toMatchObject({ state: 'paused', pausedFor: 'token' });
  expect(await inbox.sql.select().from(audit)).toEqual([]);
});

test('what is said about partners is about the business account that it names, under whatever id it comes', async () => {
  const removed = { event: 'PARTNER_REMOVED', waba_info: { waba_id: bakery.wabaId, owner_business_id: '5' } };
  const elsewhere = { ...bakery, wabaId: '5' };
  expect((await bench.post(fieldBody(elsewhere, 'account_update', removed))).status).toBe(200);
  await bench.settled();
  expect(await stateOf()).toMatchObject({ state: 'paused', pausedFor: 'account:partner' });
});

test('what nobody needs is let go of after 30 days, what was said of the account never', async () => {
  await tell('tracking_events', { events: [{ event_name: 'link_click' }] });
  await tell('account_review_update', { decision: 'APPROVED' });
  await purgeOtherEvents(inbox, NOON + JOURNAL_KEPT_MS);
  expect(await countOthers(inbox)).toEqual([{ field: 'tracking_events', count: 1, lastAt: NOON }]);
  await purgeOtherEvents(inbox, NOON + JOURNAL_KEPT_MS + 1);
  expect((await inbox.sql.select().from(accountEvents)).map(({ kind }) => kind)).toEqual(['review']);
});
