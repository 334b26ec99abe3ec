import { afterEach, beforeEach, expect, test } from 'bun:test';
import { sql } from 'drizzle-orm';
import { NOON, NUMBER, openShop, seedConversation } from '#src/conversations/testing.ts';
import { outbox } from '#src/db/schema/inbox/index.ts';
import type { OutboxRow } from './outbox.ts';
import { findDue, selectDue } from './outbox-due.ts';

let shop: Awaited<ReturnType<typeof openShop>>;
beforeEach(async () => {
  shop = await openShop();
  for (const id of [1, 2, 3]) {
    await shop.inbox.write('normal', seedConversation(shop.inbox, id));
  }
});
afterEach(() => shop.close());

const put = (id: number, conversationId: number, row: Partial<OutboxRow> = {}) =>
  shop.inbox.write('normal', [
    shop.inbox.sql.insert(outbox).values({
      id,
      reactionId: id,
      numberId: NUMBER,
      conversationId,
      lane: 'interactive',
      state: 'queued',
      attempt: 1,
      notBefore: NOON,
      ...row,
    }),
  ]);
const due = async (limit = 10, now = NOON) =>
  (await findDue(shop.inbox, { numberId: NUMBER, now, limit })).map(({ id }) => id);

test('one row of each conversation is due: the first that was written', async () => {
  await put(12, 1);
  await put(11, 1);
  await put(21, 2);

  expect(await due()).toEqual([11, 21]);
});

test('a first row that backs off holds back those behind it', async () => {
  await put(11, 1, { notBefore: NOON + 1 });
  await put(12, 1);

  expect(await due()).toEqual([]);
  expect(await due(10, NOON + 1)).toEqual([11]);
});

test('what is on its way holds back its conversation, what is unknown only for half a minute', async () => {
  await put(11, 1, { state: 'sending', claimedAt: 0 });
  await put(12, 1);
  await put(21, 2, { state: 'unknown', claimedAt: NOON - 29_999 });
  await put(22, 2);
  await put(31, 3, { state: 'unknown', claimedAt: NOON - 30_000 });
  await put(32, 3);

  expect(await due()).toEqual([32]);
});

test('people’s answers go first, and do not wait for what is sent to many', async () => {
  await put(11, 1, { lane: 'bulk', notBefore: NOON - 1 });
  await put(12, 1);
  await put(21, 2, { lane: 'bulk' });

  expect(await due()).toEqual([12, 21]);
  expect(await due(1)).toEqual([12]);
});

test('while Meta forbids first messages, templates wait unless a window is open; while it forbids answers, what is in one', async () => {
  const { inbox } = shop;
  await inbox.write('normal', [
    sql`update messages set type = 'template' where id in (100, 200)`,
    sql`update conversations set window_expires_at = ${NOON} where id = 1`,
    sql`update conversations set window_expires_at = ${NOON + 1} where id <> 1`,
  ]);
  await put(11, 1, { reactionId: null, messageId: 100 });
  await put(12, 2, { reactionId: null, messageId: 200 });
  await put(13, 3, { reactionId: null, messageId: 300 });
  const dueWhile = async (starts: boolean, answers: boolean, now = NOON) =>
    (await findDue(inbox, { numberId: NUMBER, now, limit: 9, forbidden: { starts, answers } })).map(
      ({ id }) => id,
    );

  expect(await dueWhile(false, false)).toEqual([11, 12, 13]);
  expect(await dueWhile(true, false)).toEqual([12, 13]);
  expect(await dueWhile(true, false, NOON + 1)).toEqual([13]);
  expect(await dueWhile(false, true)).toEqual([11]);
  expect(await dueWhile(false, true, NOON + 1)).toEqual([11, 12, 13]);
  expect(await dueWhile(true, true)).toEqual([]);
  expect(await dueWhile(true, true, NOON + 1)).toEqual([13]);
});

test('indexes find the due rows and what blocks them', async () => {
  const { sql: text, params } = selectDue(shop.inbox, {
    numberId: NUMBER,
    lane: 'bulk',
    now: NOON,
    limit: 9,
  }).toSQL();
  const values = [...params];
  const statement = sql.join(
    text
      .split('?')
      .flatMap((part) => [sql.raw(part), sql`${values.shift() ?? null}`])
      .slice(0, -1),
  );
  const plan = shop.inbox.objects<{ detail: string }>(sql`explain query plan ${statement}`);
  const steps = plan.map(({ detail }) => detail).join('\n');

  expect(steps).toContain('USING INDEX outbox_due (number_id=? AND state=? AND lane=? AND not_before<?)');
  expect(steps).toContain('USING INDEX outbox_conversation (conversation_id=?)');
  expect(steps).not.toMatch(/^SCAN|TEMP B-TREE/m);
});
