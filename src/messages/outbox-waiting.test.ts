import { afterEach, beforeEach, expect, test } from 'bun:test';
import { sql } from 'drizzle-orm';
import { NOON, NUMBER, openShop, seedConversation } from '#src/conversations/testing.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { numbers, outbox } from '#src/db/schema/inbox/index.ts';
import type { OutboxRow } from './outbox.ts';
import { selectUnknown } from './outbox-next.ts';
import { nextLateAnswer, nextQueued, numbersToServe } from './outbox-waiting.ts';
import { queueReceipt } from './receipt.ts';
import { selectOver } from './resolution-grace.ts';

const QUIET = NUMBER + 1;

let shop: Awaited<ReturnType<typeof openShop>>;
beforeEach(async () => {
  shop = await openShop();
  const { inbox } = shop;
  await inbox.write('normal', [...seedConversation(inbox, 1), inbox.sql.insert(numbers).values(quiet)]);
});
afterEach(() => shop.close());

const quiet = {
  id: QUIET,
  phoneNumberId: '207765431098765',
  wabaId: '102290129340398',
  displayPhone: '+1 555 078 3882',
  name: 'Nobody writes to it',
  token: new Uint8Array(1),
  state: 'live' as const,
  connectedAt: NOON,
};
const put = (row: Partial<OutboxRow> = {}) =>
  shop.inbox.write('normal', [
    shop.inbox.sql.insert(outbox).values({
      id: 11,
      reactionId: 11,
      numberId: NUMBER,
      conversationId: 1,
      lane: 'interactive',
      state: 'queued',
      attempt: 1,
      notBefore: NOON,
      ...row,
    }),
  ]);
const found = (now = NOON) => numbersToServe(shop.inbox, now);

test('only a number that has something to send now is seen to', async () => {
  expect(await found()).toEqual([]);
  await put({ lane: 'bulk' });
  expect(await found(NOON - 1)).toEqual([]);
  expect(await found()).toEqual([NUMBER]);
});

test('what is on its way or unknown is nothing to send', async () => {
  await put({ state: 'sending', claimedAt: NOON });
  expect(await found()).toEqual([]);
});

test('a read receipt is something to send', async () => {
  await shop.inbox.write('normal', [queueReceipt(shop.inbox, 1, 100, NOON)]);
  expect(await found(NOON - 1)).toEqual([]);
  expect(await found()).toEqual([NUMBER]);
});

test('a paused number sends nothing', async () => {
  await put();
  await shop.inbox.write('normal', [shop.inbox.sql.update(numbers).set({ state: 'paused' })]);
  expect(await found()).toEqual([]);
});

test('indexes find them, however many rows wait', async () => {
  const plans: string[] = [];
  const objects: Inbox['objects'] = (query) => {
    const steps = shop.inbox.objects<{ detail: string }>(sql`explain query plan ${query}`);
    plans.push(...steps.map(({ detail }) => detail));
    return [];
  };
  numbersToServe({ objects }, NOON);
  nextQueued({ objects }, { after: NOON, now: NOON });
  nextLateAnswer({ objects }, NOON);
  objects(selectUnknown(shop.inbox).getSQL());
  objects(selectOver(shop.inbox, NOON).getSQL());
  const steps = plans.join('\n');
  expect(steps).toContain('INDEX outbox_due (number_id=? AND state=? AND lane=? AND not_before<?)');
  expect(steps).toContain('INDEX outbox_due (number_id=? AND state=? AND lane=? AND not_before>?)');
  expect(steps).toContain('INDEX outbox_due (number_id=? AND state=?)');
  expect(steps).toContain('INDEX jobs_');
  expect(steps).not.toMatch(/SCAN (outbox|jobs|conversations|messages|asked|thread)/);
});
