import { afterAll, beforeAll, expect, test } from 'bun:test';
import { sql } from 'drizzle-orm';
import { HOUR, NOON, NUMBER, openShop, seedConversation, seedMessage } from '#src/conversations/testing.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { events, members, outbox, reactions } from '#src/db/schema/inbox/index.ts';
import { Invalid } from '#src/errors.ts';
import { loadMessages } from './load.ts';
import { lastPage, selectBefore } from './thread.ts';

let inbox: Inbox;
let close: () => Promise<void>;

const LONG = 7;
const RICH = 8;
const FIRST = NOON - 100 * 1000;

beforeAll(async () => {
  ({ inbox, close } = await openShop());
  const db = inbox.sql;
  await inbox.write('normal', [
    ...seedConversation(inbox, LONG, { lastArrivedAt: FIRST }),
    // Two messages a second: the id settles their order.
    ...Array.from({ length: 99 }, (_, n) =>
      seedMessage(inbox, {
        id: 1000 + n,
        conversationId: LONG,
        orderedAt: FIRST + Math.ceil((n + 1) / 2) * 1000,
      }),
    ),
    db.insert(events).values([
      { id: 1, conversationId: LONG, at: FIRST, actorKind: 'customer', kind: 'case.opened' },
      {
        id: 2,
        conversationId: LONG,
        at: FIRST + 25_000,
        actorKind: 'person',
        actorId: 11,
        kind: 'assigned',
        data: '{"subject_id":12}',
      },
      { id: 3, conversationId: LONG, at: NOON, actorKind: 'person', actorId: 14, kind: 'unassigned' },
      { id: 4, conversationId: LONG, at: NOON, actorKind: 'system', kind: 'a.kind.of.the.future' },
    ]),
    ...seedConversation(inbox, RICH, { lastArrivedAt: NOON }),
  ]);
});
afterAll(() => close());

test('a thread comes in pages of forty, oldest first, each message once and in order', async () => {
  const pages: number[][] = [];
  let before: string | undefined;
  do {
    const page = await lastPage(inbox, LONG, { before });
    pages.push(page.messages.map((message) => message.id));
    before = page.before ?? undefined;
  } while (before);
  expect(pages.map((page) => page.length)).toEqual([40, 40, 20]);
  expect(pages.toReversed().flat()).toEqual([700, ...Array.from({ length: 99 }, (_, n) => 1000 + n)]);
});

test('what happened stands in the page whose messages it lies between, once', async () => {
  const newest = await lastPage(inbox, LONG);
  const middle = await lastPage(inbox, LONG, { before: newest.before ?? '' });
  const first = await lastPage(inbox, LONG, { before: middle.before ?? '' });
  expect(newest.events).toEqual([
    { id: 3, at: NOON, kind: 'unassigned', actor: { kind: 'person', name: 'Dan' }, subject: null },
  ]);
  expect(middle.events).toEqual([
    { id: 2, at: FIRST + 25_000, kind: 'assigned', actor: { kind: 'person', name: 'Ada' }, subject: 'Bo' },
  ]);
  expect(first.events.map((event) => [event.kind, event.actor])).toEqual([
    ['case.opened', { kind: 'customer', name: null }],
  ]);
});

test('a page is read through the index of the thread, without sorting', async () => {
  for (const position of [[], [NOON, 5]]) {
    const query = selectBefore(inbox, LONG, position, 41).getSQL();
    const steps = inbox.objects<{ detail: string }>(sql`explain query plan ${query}`);
    const plan = steps.map(({ detail }) => detail).join('\n');
    expect(plan).toMatch(/SEARCH messages USING INDEX messages_thread/);
    expect(plan).not.toMatch(/TEMP B-TREE|SCAN/);
  }
});

test('a bubble carries its author, quote, reactions, error, and what is asked', async () => {
  const db = inbox.sql;
  const error = { code: 131047, title: 'Re-engagement message', detail: 'More than 24 hours have passed' };
  await inbox.write('normal', [
    seedMessage(inbox, {
      id: 801,
      conversationId: RICH,
      orderedAt: NOON + 1000,
      direction: 'out',
      authorKind: 'person',
      authorId: 12,
      status: 'unknown',
      text: 'We are on our way',
      quotedId: 800,
      quotedWamid: 'wamid.800',
    }),
    db.insert(outbox).values({
      id: 801,
      messageId: 801,
      numberId: NUMBER,
      conversationId: RICH,
      lane: 'interactive',
      state: 'unknown',
      attempt: 1,
      notBefore: NOON,
      askedAt: NOON + HOUR,
    }),
    seedMessage(inbox, {
      id: 802,
      conversationId: RICH,
      orderedAt: NOON + 2000,
      arrivedAt: NOON + 2000 + 60_001,
      content: '{"kind":"location","latitude":-17.8,"longitude":31,"forwarded":"often"}',
      type: 'location',
      quotedWamid: 'wamid.never-seen',
    }),
    seedMessage(inbox, {
      id: 803,
      conversationId: RICH,
      orderedAt: NOON + 3000,
      direction: 'out',
      authorKind: 'api',
      authorId: 5,
      status: 'failed',
      error: JSON.stringify(error),
      type: 'poll',
      content: 'not json at all',
    }),
    db.insert(reactions).values([
      { messageId: 801, side: 'in', by: RICH, id: 91, emoji: '👍', at: NOON, status: 'received' },
      { messageId: 801, side: 'out', by: 0, id: 92, emoji: '🙏', at: NOON - 1, authorId: 11, status: 'sent' },
      { messageId: 802, side: 'out', by: 0, id: 93, emoji: '', at: NOON, authorId: 11, status: 'sent' },
    ]),
  ]);
  const [, answer, place, broken] = (await lastPage(inbox, RICH)).messages;
  expect(answer).toMatchObject({
    author: { kind: 'person', id: 12, name: 'Bo' },
    quoted: { id: 800, author: 'Customer 8', excerpt: 'Hello from 8' },
    asks: true,
    late: false,
    reactions: [
      { side: 'out', emoji: '🙏', name: 'Ada', status: 'sent' },
      { side: 'in', emoji: '👍', name: 'Customer 8', status: 'received' },
    ],
  });
  expect(place).toMatchObject({
    author: { kind: 'customer', name: 'Customer 8' },
    content: { kind: 'location', latitude: -17.8 },
    forwarded: 'often',
    quoted: { id: null, author: '', excerpt: '' },
    late: true,
    reactions: [],
  });
  expect(broken).toMatchObject({
    author: { kind: 'api', name: '' },
    error,
    content: { kind: 'unsupported', metaType: 'poll' },
  });
  expect(await loadMessages(inbox, [803, 404_404])).toEqual([broken as NonNullable<typeof broken>]);
});

test('a thread reads what was merged into it as one', async () => {
  const [older, younger] = [20, 21];
  await inbox.write('normal', [
    ...seedConversation(inbox, older, { lastArrivedAt: NOON }),
    ...seedConversation(inbox, younger, { lastArrivedAt: NOON + 1000, mergedIntoId: older }),
    seedMessage(inbox, { id: 2001, conversationId: older, orderedAt: NOON + 2000 }),
    seedMessage(inbox, { id: 2101, conversationId: younger, orderedAt: NOON + 3000 }),
    inbox.sql.insert(events).values({
      id: 5,
      conversationId: younger,
      at: NOON + 1000,
      actorKind: 'customer',
      kind: 'case.opened',
    }),
  ]);
  const newest = await lastPage(inbox, older, { limit: 3 });
  expect(newest.messages.map((message) => message.id)).toEqual([2100, 2001, 2101]);
  expect(new Set(newest.messages.map((message) => message.conversationId))).toEqual(new Set([older]));
  expect(newest.events.map((event) => event.id)).toEqual([5]);
  const first = await lastPage(inbox, older, { before: newest.before ?? '' });
  expect(first.messages.map((message) => message.id)).toEqual([2000]);
});

test('authors stay readable after they have left', async () => {
  await inbox.write('normal', [inbox.sql.update(members).set({ leftAt: NOON }).where(sql`user_id = 12`)]);
  const [message] = await loadMessages(inbox, [801]);
  expect(message?.author.name).toBe('Bo');
});

test('a cursor that we cannot have written is refused by its name', async () => {
  const refused = lastPage(inbox, LONG, { before: 'made up' });
  await expect(refused).rejects.toThrow(Invalid);
  await expect(refused).rejects.toThrow(/before/);
});
