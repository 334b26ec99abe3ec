import { afterEach, beforeEach, expect, test } from 'bun:test';
import { eq } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import {
  attempts,
  conversations,
  events,
  identities,
  messages,
  outbox,
  parkedStatuses,
  reactions,
  statuses,
} from '#src/db/schema/inbox/index.ts';
import {
  bakery,
  NOON,
  noor,
  openWebhookBench,
  statusOf,
  text,
  type WebhookBench,
} from '#src/webhooks/testing.ts';
import { statusRank } from './status.ts';
import type { MessageStatus } from './thread-message.ts';

const ANSWER = 900;
let bench: WebhookBench;
let inbox: Inbox;

beforeEach(async () => {
  bench = await openWebhookBench([bakery]);
  inbox = await bench.inbox(bakery);
  await arrive(text('wamid.in', 'Hello', { from: { from: noor.from } }));
});
afterEach(() => bench.close());

const arrive = (...values: object[]) => bench.arrive(...values);

/** An agent's answer on its way, as the outbox has it. */
async function answer(
  status: MessageStatus,
  wamid: string | null,
  attempt = 1,
  isWaiting = wamid === null,
): Promise<void> {
  const [conversation] = await inbox.sql.select().from(conversations);
  const place = { conversationId: conversation?.id ?? 0, numberId: bakery.accountId * 100 };
  await inbox.write('full', [
    inbox.sql.insert(messages).values({
      id: ANSWER,
      ...place,
      direction: 'out',
      authorKind: 'person',
      authorId: 7,
      origin: 'inbox',
      type: 'text',
      orderedAt: NOON + 2_000,
      arrivedAt: NOON + 2_000,
      status,
      statusRank: statusRank(status),
      wamid,
    }),
    inbox.sql.update(conversations).set({ waitingSince: null }),
    ...(isWaiting
      ? [
          inbox.sql.insert(outbox).values({
            id: ANSWER,
            messageId: ANSWER,
            ...place,
            lane: 'interactive',
            state: 'unknown',
            attempt,
            notBefore: 0,
          }),
        ]
      : []),
  ]);
}

const ours = (attempt = 1, account = bakery.accountId) => ({
  biz_opaque_callback_data: `${bench.services.keyring.installId}.${account}.${ANSWER}.${attempt}`,
});
const failed = { errors: [{ code: 131026, title: 'Message undeliverable' }] };
const theAnswer = async () => (await inbox.sql.select().from(messages)).find((row) => row.id === ANSWER);
const waitingSince = async () => (await inbox.sql.select().from(conversations))[0]?.waitingSince;

test('ticks move forward only, and every status is kept', async () => {
  await answer('accepted', 'wamid.out');
  await arrive(statusOf('wamid.out', 'read'), statusOf('wamid.out', 'sent'));
  await arrive(statusOf('wamid.out', 'delivered'), statusOf('wamid.out', 'deleted'));
  expect((await theAnswer())?.status).toBe('read');
  const kept = (await inbox.sql.select().from(statuses)).map((row) => row.status);
  expect(kept.sort()).toEqual(['deleted', 'delivered', 'read', 'sent']);
});

test('a status that comes before its message is known waits, and is applied with the next one', async () => {
  await arrive(statusOf('wamid.out', 'delivered', { pricing: { type: 'regular', category: 'service' } }));
  expect(await inbox.sql.select().from(parkedStatuses)).toMatchObject([
    { wamid: 'wamid.out', status: 'delivered' },
  ]);
  await answer('accepted', 'wamid.out');
  await arrive(statusOf('wamid.out', 'sent'));
  expect(await theAnswer()).toMatchObject({
    status: 'delivered',
    pricingType: 'regular',
    pricingCategory: 'service',
  });
  expect(await inbox.sql.select().from(parkedStatuses)).toEqual([]);
});

test('our own value settles a send whose outcome was unknown, and its wamid is learnt', async () => {
  await answer('unknown', null);
  await arrive(statusOf('wamid.out', 'sent', ours()));
  expect(await theAnswer()).toMatchObject({ status: 'sent', wamid: 'wamid.out' });
  expect(await inbox.sql.select().from(outbox)).toEqual([]);
  expect(await inbox.sql.select().from(attempts)).toMatchObject([
    { outcome: 'accepted', wamid: 'wamid.out', attempt: 1 },
  ]);
});

test('the value of another install, account or message settles nothing', async () => {
  await answer('unknown', null);
  await arrive(
    statusOf('wamid.a', 'sent', ours(1, 2)),
    statusOf('wamid.b', 'sent', { biz_opaque_callback_data: `00ff.1.${ANSWER}.1` }),
    statusOf('wamid.c', 'sent', { biz_opaque_callback_data: 'order-7' }),
  );
  expect(await theAnswer()).toMatchObject({ status: 'unknown', wamid: null });
  expect(await inbox.sql.select().from(parkedStatuses)).toHaveLength(3);
});

test('the failure of an earlier try does not fail the later one', async () => {
  await answer('queued', null, 2);
  await arrive(statusOf('wamid.first', 'failed', { ...ours(1), ...failed }));
  expect(await theAnswer()).toMatchObject({ status: 'queued', wamid: null });
  expect(await inbox.sql.select().from(outbox)).toHaveLength(1);
  await arrive(statusOf('wamid.second', 'failed', { ...ours(2), ...failed }));
  expect(await theAnswer()).toMatchObject({ status: 'failed', errorCode: 131026, wamid: 'wamid.second' });
  expect(await inbox.sql.select().from(outbox)).toEqual([]);
});

test('of a message that goes again after it failed, late words of the first try change nothing, unless it arrived', async () => {
  await answer('queued', 'wamid.first', 2, true);
  await arrive(statusOf('wamid.first', 'sent', ours(1)));
  await arrive(statusOf('wamid.first', 'failed', { ...ours(1), ...failed }));
  expect(await theAnswer()).toMatchObject({ status: 'queued', wamid: 'wamid.first' });
  expect(await inbox.sql.select().from(outbox)).toHaveLength(1);
  await arrive(statusOf('wamid.first', 'delivered', ours(1)));
  expect(await theAnswer()).toMatchObject({ status: 'delivered' });
  expect(await inbox.sql.select().from(outbox)).toEqual([]);
});

test('a status of the second try brings its wamid, and the failure of the first is none of it', async () => {
  await answer('sending', 'wamid.first', 2, true);
  await arrive(statusOf('wamid.second', 'sent', ours(2)));
  expect(await theAnswer()).toMatchObject({ status: 'sent', wamid: 'wamid.second' });
  await arrive(statusOf('wamid.first', 'failed', { ...ours(1), ...failed }));
  expect(await theAnswer()).toMatchObject({ status: 'sent', wamid: 'wamid.second' });
  await arrive(statusOf('wamid.second', 'failed', { ...ours(2), ...failed }));
  expect(await theAnswer()).toMatchObject({ status: 'failed' });
});

test('when the answer fails the customer waits again; when it was waived meanwhile, not', async () => {
  await answer('accepted', 'wamid.out');
  expect(await waitingSince()).toBeNull();
  await arrive(statusOf('wamid.out', 'failed', failed));
  expect(await waitingSince()).toBe(NOON);
});

test('an answer that had failed and arrives after all is one: whoever wrote since waits since then', async () => {
  await answer('accepted', 'wamid.out');
  await arrive(statusOf('wamid.out', 'failed', failed));
  await arrive(statusOf('wamid.out', 'delivered'));
  expect(await waitingSince()).toBeNull();

  await inbox.write('full', [
    inbox.sql
      .update(messages)
      .set({ status: 'failed', statusRank: statusRank('failed') })
      .where(eq(messages.id, ANSWER)),
  ]);
  await arrive(text('wamid.since', 'Hello?', { second: 30 }));
  await arrive(statusOf('wamid.out', 'read'));
  expect(await waitingSince()).toBe(NOON + 30_000);
});

test('what was written before such an answer and came after it still waits', async () => {
  await answer('accepted', 'wamid.out');
  bench.clock.now += 60_000;
  await arrive(text('wamid.late', 'And sand?', { second: -5 }));
  await arrive(statusOf('wamid.out', 'failed', failed));
  await arrive(statusOf('wamid.out', 'delivered'));
  expect(await waitingSince()).toBe(NOON - 5_000);
});

test('a waiver stands, whatever becomes of an answer before it', async () => {
  await answer('accepted', 'wamid.out');
  const [conversation] = await inbox.sql.select().from(conversations);
  const waiver = { id: 901, conversationId: conversation?.id ?? 0, at: NOON + 3_000, kind: 'answer.waived' };
  await inbox.write('full', [inbox.sql.insert(events).values({ ...waiver, actorKind: 'person' })]);
  await arrive(statusOf('wamid.out', 'failed', failed));
  expect(await waitingSince()).toBeNull();
});

test('a status tells the BSUID of somebody we knew by phone number', async () => {
  await answer('accepted', 'wamid.out');
  await arrive(statusOf('wamid.out', 'sent', { recipient_user_id: noor.from_user_id }));
  const known = await inbox.sql.select().from(identities);
  expect(known.map((row) => [row.kind, row.value]).sort()).toEqual([
    ['bsuid', noor.from_user_id],
    ['phone', noor.from],
  ]);
  expect(new Set(known.map((row) => row.contactId)).size).toBe(1);
});

test('the status of a reaction of ours moves the reaction', async () => {
  const [message] = await inbox.sql.select().from(messages);
  const mine = {
    messageId: message?.id ?? 0,
    side: 'out' as const,
    by: 0,
    id: ANSWER,
    emoji: '👍',
    at: NOON,
  };
  await inbox.write('full', [inbox.sql.insert(reactions).values({ ...mine, status: 'sending' })]);
  await arrive(statusOf('wamid.reaction', 'sent', ours()));
  expect(await inbox.sql.select().from(reactions)).toMatchObject([{ status: 'sent' }]);
  expect(bench.pushed.at(-1)).toMatchObject({ messages: [message?.id] });
});
