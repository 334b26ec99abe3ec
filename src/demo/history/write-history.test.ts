import { afterEach, beforeEach, expect, test } from 'bun:test';
import { cases, conversations, events, messages, outbox, reads } from '#src/db/schema/inbox/index.ts';
import { type Box, openBox } from '#src/testing/box.ts';
import { numbers } from '../shop.ts';
import { writeHistory } from './write-history.ts';

const NOON = Date.UTC(2026, 10, 22, 10);
const DAY = 24 * 60 * 60 * 1000;

const month = `
chipo sales 20 09:00 rudo
< Hi
< Is the gate ready?
> Not yet Chipo
# Ask the welder
< Okay

chipo sales 3 09:00 tendai
< And now?
> Yes, today

brian sales 2 09:00 rudo open
< Do you have cable ties?
`;

let box: Box;
beforeEach(async () => {
  box = await openBox({ now: () => NOON });
  const { ada, bo } = box.userIds;
  const userIds = { rudo: ada, tendai: bo, farai: ada, amina: bo };
  await box.inbox((inbox) =>
    writeHistory({ server: box, simulator: box.simulator, inbox, userIds }, [month], NOON),
  );
});
afterEach(() => box.close());

const rows = async () => {
  return await box.inbox(async ({ sql: db }) => ({
    conversations: await db.select().from(conversations),
    cases: await db.select().from(cases).orderBy(cases.openedAt),
    messages: await db.select().from(messages).orderBy(messages.orderedAt, messages.id),
    events: await db.select().from(events).orderBy(events.at, events.id),
    reads: await db.select().from(reads),
    outbox: await db.select().from(outbox),
  }));
};

test('threads stand in the order and at the times they were written', async () => {
  const all = await rows();
  const chipo = all.conversations.find(({ state }) => state === 'closed');
  const thread = all.messages.filter(({ conversationId }) => conversationId === chipo?.id);
  expect(thread.map(({ direction, text, status }) => [direction, text, status])).toEqual([
    ['in', 'Hi', 'received'],
    ['in', 'Is the gate ready?', 'received'],
    ['out', 'Not yet Chipo', 'read'],
    ['note', 'Ask the welder', 'received'],
    ['in', 'Okay', 'received'],
    ['in', 'And now?', 'received'],
    ['out', 'Yes, today', 'read'],
  ]);
  expect(thread.every(({ arrivedAt, orderedAt }) => arrivedAt - orderedAt < 60_000)).toBe(true);
  expect(Math.floor((NOON - (thread[0]?.orderedAt ?? 0)) / DAY)).toBe(20);
  expect(all.outbox).toEqual([]);
});

test('each talk is a case of its own, answered by whoever answered it', async () => {
  const { ada, bo } = box.userIds;
  const all = await rows();
  const closed = all.conversations.find(({ state }) => state === 'closed');
  const [first, second] = all.cases.filter(({ conversationId }) => conversationId === closed?.id);
  expect(first).toMatchObject({ openedBy: 'customer', firstReplyBy: ada, closedBy: ada, assigneeId: ada });
  expect(second).toMatchObject({ openedBy: 'customer', firstReplyBy: bo, closedBy: bo, assigneeId: bo });
  expect(closed).toMatchObject({ waitingSince: null, assigneeId: bo, snippet: 'Yes, today' });
  expect(all.events.filter(({ caseId }) => caseId === first?.id).map(({ kind }) => kind)).toEqual([
    'case.opened',
    'assigned',
    'case.closed',
  ]);
});

test('what nobody answered waits, and everybody has read everything', async () => {
  const all = await rows();
  const brian = all.conversations.find(({ state }) => state === 'open');
  expect(brian?.waitingSince).toBe(brian?.lastInboundAt ?? 0);
  for (const { id, lastInboundId } of all.conversations) {
    const read = all.reads.filter(({ conversationId }) => conversationId === id);
    expect(new Set(read.map(({ messageId }) => messageId))).toEqual(new Set([lastInboundId ?? 0]));
    expect(new Set(read.map(({ userId }) => userId))).toEqual(new Set(Object.values(box.userIds)));
  }
});

test('the conversation goes on from there', async () => {
  const chipo = box.simulator.customer('+263770000101');
  const { phoneNumberId } = numbers.sales;
  const last = chipo.thread(phoneNumberId).at(-1);
  await chipo.say(phoneNumberId, 'Thank you', { at: NOON, quote: last?.wamid ?? '' });
  await box.settled();

  const all = await rows();
  const thanks = all.messages.at(-1);
  expect(thanks).toMatchObject({ text: 'Thank you' });
  expect(all.messages.find(({ id }) => id === thanks?.quotedId)?.text).toBe('Yes, today');
  expect(all.cases.filter(({ conversationId }) => conversationId === thanks?.conversationId)).toHaveLength(3);
});
