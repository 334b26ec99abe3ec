import { expect, test } from 'bun:test';
import fc from 'fast-check';
import type { Inbox } from '#src/db/inbox.ts';
import {
  attempts,
  cases,
  contacts,
  conversations,
  identities,
  messages,
  outbox,
  parkedStatuses,
  reactions,
  statuses,
} from '#src/db/schema/inbox/index.ts';
import { bakery, NOON, openWebhookBench, statusOf, text, webhookBody } from './testing.ts';

const ANSWER = 900;
const people = [
  { from: '263771234567', from_user_id: 'ZW.1' },
  { from: '5511987654321', from_user_id: 'BR.2' },
];
const from = (index: number) => people[index] ?? {};

const reaction = (person: number, target: string, emoji: string, second: number) => ({
  messages: [
    {
      id: `wamid.r${second}`,
      ...from(person),
      timestamp: String(NOON / 1000 + second),
      type: 'reaction',
      reaction: { message_id: target, emoji },
    },
  ],
});
const report = (status: string, second: number, more: object = {}) =>
  statusOf('wamid.answer', status, { timestamp: String(NOON / 1000 + second), ...more });

/** Everything that happens in one day's work, in the order it happened. */
const story = (install: string): object[] => [
  text('wamid.1', 'Hello', { second: 1, from: from(0) }),
  text('wamid.2', 'Good morning', { second: 2, from: from(1) }),
  text('wamid.3', 'Is it ready?', { second: 3, from: from(0), context: { id: 'wamid.1' } }),
  reaction(0, 'wamid.3', '🙏', 4),
  reaction(0, 'wamid.3', '', 5),
  reaction(1, 'wamid.2', '👍', 6),
  text('wamid.4', 'Hello?', { second: 7, from: from(0), context: { id: 'wamid.3' } }),
  report('sent', 8, { biz_opaque_callback_data: `${install}.1.${ANSWER}.1` }),
  report('failed', 9, { errors: [{ code: 131026 }] }),
  report('delivered', 10, { pricing: { type: 'regular', category: 'service' } }),
  report('read', 11),
  text('wamid.5', 'Thank you', { second: 12, from: from(1), context: { id: 'wamid.2' } }),
];

/** What stands in the inbox in the end, told without ids and without our own clock. */
async function ending({ sql }: Inbox) {
  const all = await sql.select().from(messages);
  const people = await sql.select().from(contacts);
  const wamid = (id: number | null) => all.find((row) => row.id === id)?.wamid ?? null;
  const names = (await sql.select().from(identities)).map(
    ({ contactId, kind, value }) => [contactId, kind, value] as const,
  );
  const person = (id: number) =>
    names
      .filter(([contactId]) => contactId === id)
      .map(([, , value]) => value)
      .sort()
      .join();
  return {
    people: people.map((row) => [person(row.id), row.name]).sort(),
    messages: all
      .map((row) => [
        row.wamid,
        row.text,
        row.orderedAt,
        row.status,
        row.errorCode,
        wamid(row.quotedId),
        row.pricingType,
      ])
      .sort(),
    conversations: (await sql.select().from(conversations))
      .map((row) => [
        person(row.contactId),
        row.state,
        row.snippet,
        row.lastInboundAt,
        row.windowExpiresAt,
        row.waitingSince,
        wamid(row.lastMessageId),
      ])
      .sort(),
    cases: (await sql.select().from(cases))
      .map((row) => [row.firstInboundAt, row.closedAt, row.reopened])
      .sort(),
    reactions: (await sql.select().from(reactions))
      .map((row) => [wamid(row.messageId), row.side, row.emoji, row.at])
      .sort(),
    statuses: (await sql.select().from(statuses)).map((row) => [row.status, row.at]).sort(),
    attempts: (await sql.select().from(attempts)).map((row) => [row.attempt, row.outcome, row.wamid]),
    outbox: await sql.select().from(outbox),
    parked: await sql.select().from(parkedStatuses),
  };
}

async function play(order: readonly number[], together: number) {
  const bench = await openWebhookBench([bakery]);
  try {
    const inbox = await bench.inbox(bakery);
    await bench.post(webhookBody(bakery, text('wamid.0', 'The first word', { from: from(0) })));
    await bench.settled();
    await queueAnswer(inbox);
    const values = story(bench.services.keyring.installId);
    for (let next = 0; next < order.length; next += together) {
      const group = order.slice(next, next + together);
      await Promise.all(group.map((index) => bench.post(webhookBody(bakery, values[index] ?? {}))));
      bench.clock.now += 1_000;
      if (group.length % 2 === 1) {
        await bench.settled();
      }
    }
    await bench.settled();
    return await ending(inbox);
  } finally {
    await bench.close();
  }
}

/** An agent's answer of which nobody knows yet whether it arrived. */
async function queueAnswer({ sql, write }: Inbox): Promise<void> {
  const [conversation] = await sql.select().from(conversations);
  const place = { conversationId: conversation?.id ?? 0, numberId: 100 };
  const at = { orderedAt: NOON + 500, arrivedAt: NOON + 500 };
  await write('full', [
    sql.insert(messages).values({
      id: ANSWER,
      ...place,
      ...at,
      direction: 'out',
      authorKind: 'rule',
      origin: 'rule',
      type: 'text',
      status: 'unknown',
      statusRank: 3,
    }),
    sql.insert(outbox).values({
      id: ANSWER,
      messageId: ANSWER,
      ...place,
      lane: 'interactive',
      state: 'unknown',
      attempt: 1,
      notBefore: 0,
    }),
  ]);
}

test('whatever comes twice, late or out of order, the end is the same', async () => {
  const inOrder = Array.from({ length: story('').length }, (_, index) => index);
  const expected = await play(inOrder, 1);
  expect(expected.parked).toEqual([]);
  expect(expected.outbox).toEqual([]);
  expect(expected.messages).toHaveLength(7);
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray([...inOrder, ...inOrder], { minLength: 2 * inOrder.length }),
      fc.integer({ min: 1, max: 8 }),
      async (order, together) => {
        expect(await play(order, together)).toEqual(expected);
      },
    ),
    { numRuns: 12 },
  );
});
