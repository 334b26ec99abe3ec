import { expect, test } from 'bun:test';
import fc from 'fast-check';
import type { Inbox } from '#src/db/inbox.ts';
import {
  contacts,
  conversations,
  events,
  identities,
  messages,
  numbers,
} from '#src/db/schema/inbox/index.ts';
import { bakery, NOON, openWebhookBench, webhookBody } from '#src/webhooks/testing.ts';

const market = { ...bakery, phoneNumberId: '106540352249999' };
const ANSWER = 900;

type Ids = { from?: string; from_user_id?: string };
const at = (second: number) => ({ timestamp: String(NOON / 1000 + second) });
const contactOf = ({ from, from_user_id }: Ids) => ({
  profile: { name: 'Noor' },
  wa_id: from,
  user_id: from_user_id,
});
const said = (second: number, ids: Ids) => ({
  contacts: [contactOf(ids)],
  messages: [{ id: `wamid.${second}`, ...at(second), type: 'text', text: { body: `at ${second}` }, ...ids }],
});
const told = (second: number, system: object, ids: Ids = {}) => ({
  messages: [{ id: `wamid.${second}`, ...at(second), type: 'system', system, ...ids }],
});

/** Whoever is in one list is one person, called by every name they ever had. */
const story: { shop: typeof bakery; value: object }[][] = [
  // Known by phone number, then hidden behind a username, on two numbers; then they change their number.
  [
    { shop: bakery, value: said(1, { from: '263771000001' }) },
    { shop: bakery, value: said(2, { from_user_id: 'ZW.1' }) },
    { shop: market, value: said(3, { from_user_id: 'ZW.1' }) },
    { shop: market, value: said(4, { from: '263771000001', from_user_id: 'ZW.1' }) },
    {
      shop: bakery,
      value: told(
        5,
        { type: 'user_changed_number', wa_id: '263772000001', user_id: 'ZW.2', previous_user_id: 'ZW.1' },
        { from: '263771000001' },
      ),
    },
    { shop: bakery, value: said(6, { from: '263772000001' }) },
    { shop: market, value: said(7, { from_user_id: 'ZW.2' }) },
  ],
  // Written to by phone number; the status and the card that they shared tell their BSUID.
  [
    {
      shop: bakery,
      value: {
        statuses: [
          {
            id: 'wamid.answer',
            status: 'sent',
            ...at(11),
            recipient_id: '5511987654321',
            recipient_user_id: 'BR.3',
          },
        ],
      },
    },
    { shop: bakery, value: said(12, { from_user_id: 'BR.3' }) },
    { shop: bakery, value: said(13, { from: '551187654321' }) },
    {
      shop: bakery,
      value: {
        messages: [
          {
            id: 'wamid.14',
            ...at(14),
            from_user_id: 'BR.3',
            type: 'contacts',
            contacts: [
              {
                name: { formatted_name: 'Ana' },
                phones: [{ phone: '+55 11 98765-4321', wa_id: '551187654321' }],
                origin: 'contact_request',
              },
            ],
          },
        ],
      },
    },
  ],
  // Three BSUIDs in a row, and never a phone number.
  [
    { shop: bakery, value: said(21, { from_user_id: 'US.5' }) },
    {
      shop: bakery,
      value: told(22, { type: 'user_changed_user_id', previous_user_id: 'US.5', user_id: 'US.6' }),
    },
    { shop: bakery, value: said(23, { from_user_id: 'US.6' }) },
    {
      shop: bakery,
      value: told(24, { type: 'user_changed_user_id', previous_user_id: 'US.6', user_id: 'US.7' }),
    },
    { shop: bakery, value: said(25, { from_user_id: 'US.7' }) },
  ],
  // Somebody gives their number up, and somebody else gets it.
  [{ shop: bakery, value: said(31, { from: '263773000001', from_user_id: 'ZW.8' }) }],
  [{ shop: bakery, value: said(32, { from: '263773000001', from_user_id: 'ZW.9' }) }],
];
const all = story.flat();

/** What lists and threads show in the end, told without ids. */
async function ending({ sql }: Inbox) {
  const threads = await sql.select().from(conversations);
  const people = await sql.select().from(contacts);
  const names = await sql.select().from(identities);
  const texts = await sql.select().from(messages);
  const notes = await sql.select().from(events);
  const shops = new Map((await sql.select().from(numbers)).map((row) => [row.id, row.phoneNumberId]));
  const shown = threads.filter((thread) => thread.mergedIntoId === null);
  const partsOf = (id: number) =>
    threads.filter((thread) => thread.id === id || thread.mergedIntoId === id).map((thread) => thread.id);
  return {
    people: people
      .filter((person) => person.mergedIntoId === null)
      .map(({ id, name }) => {
        const whole = people.filter((one) => one.id === id || one.mergedIntoId === id).map((one) => one.id);
        const theirs = names.filter((row) => whole.includes(row.contactId));
        const called = (isNow: boolean) =>
          [
            ...new Set(theirs.filter((row) => (row.retiredAt === null) === isNow).map((row) => row.value)),
          ].sort();
        return { name, now: called(true), before: called(false) };
      })
      .sort((a, b) => a.now.join().localeCompare(b.now.join())),
    threads: shown
      .map((thread) => {
        const parts = partsOf(thread.id);
        return {
          number: shops.get(thread.numberId),
          messages: texts
            .filter((row) => parts.includes(row.conversationId))
            .map((row) => row.wamid)
            .sort(),
          changes: notes
            .filter((row) => parts.includes(row.conversationId) && row.kind.endsWith('_changed'))
            .map((row) => [row.kind, row.at, row.data])
            .sort(),
          state: thread.state,
          snippet: thread.snippet,
          lastInboundAt: thread.lastInboundAt,
          windowExpiresAt: thread.windowExpiresAt,
          waitingSince: thread.waitingSince,
          lastWamid: texts.find((row) => row.id === thread.lastMessageId)?.wamid,
        };
      })
      .sort((a, b) => a.messages.join().localeCompare(b.messages.join())),
  };
}

async function play(order: readonly number[], together: number) {
  const bench = await openWebhookBench([bakery, market]);
  try {
    // Late enough that everything of the story lies behind.
    bench.clock.now = NOON + 3_600_000;
    const inbox = await bench.inbox(bakery);
    await sendAnswer(inbox);
    for (let next = 0; next < order.length; next += together) {
      const group = order.slice(next, next + together).flatMap((index) => all[index] ?? []);
      await Promise.all(group.map(({ shop, value }) => bench.post(webhookBody(shop, value))));
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

/** A message of ours to a phone number whose BSUID nobody knows yet. */
async function sendAnswer({ sql, write }: Inbox): Promise<void> {
  await write('full', [
    sql.insert(contacts).values({ id: 1, name: '', nameSource: 'none', createdAt: NOON, updatedAt: NOON }),
    sql.insert(identities).values({
      id: 1,
      contactId: 1,
      kind: 'phone',
      scope: '',
      value: '5511987654321',
      asReceived: '5511987654321',
      seenAt: NOON,
    }),
    sql.insert(conversations).values({
      id: 1,
      numberId: 100,
      contactId: 1,
      state: 'closed',
      lastArrivedAt: NOON,
      lastMessageId: ANSWER,
    }),
    sql.insert(messages).values({
      id: ANSWER,
      conversationId: 1,
      numberId: 100,
      direction: 'out',
      authorKind: 'rule',
      origin: 'rule',
      type: 'text',
      wamid: 'wamid.answer',
      orderedAt: NOON,
      arrivedAt: NOON,
      status: 'accepted',
      statusRank: 4,
    }),
  ]);
}

test('whatever links contacts, in any order and however often, the same messages end in the same threads', async () => {
  const inOrder = all.map((_, index) => index);
  const expected = await play(inOrder, 1);
  expect(expected.people.map(({ now }) => now)).toEqual([
    ['263772000001', 'ZW.2'],
    ['263773000001', 'ZW.9'],
    ['5511987654321', 'BR.3'],
    ['US.7'],
    ['ZW.8'],
  ]);
  expect(expected.threads.map(({ messages }) => messages.length).sort()).toEqual([1, 1, 3, 3, 3, 4]);
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray([...inOrder, ...inOrder], { minLength: 2 * inOrder.length }),
      fc.integer({ min: 1, max: 8 }),
      async (order, together) => {
        expect(await play(order, together)).toEqual(expected);
      },
    ),
    { numRuns: 10 },
  );
});
