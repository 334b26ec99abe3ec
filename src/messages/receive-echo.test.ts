import { afterEach, beforeEach, expect, test } from 'bun:test';
import { asc } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import {
  cases,
  contacts,
  conversations,
  events,
  files,
  messages,
  numbers,
  outbox,
  reactions,
} from '#src/db/schema/inbox/index.ts';
import {
  bakery,
  fieldBody,
  NOON,
  noor,
  openWebhookBench,
  text,
  type WebhookBench,
  webhookBody,
} from '#src/webhooks/testing.ts';
import { queue } from './outbox.ts';

const SECOND = NOON / 1000;
const metadata = { display_phone_number: '15550783881', phone_number_id: bakery.phoneNumberId };
let bench: WebhookBench;
let inbox: Inbox;

beforeEach(async () => {
  bench = await openWebhookBench([bakery]);
  inbox = await bench.inbox(bakery);
});
afterEach(() => bench.close());

type Told = { field: string; value: object };
const says = (wamid: string, second: number): Told => ({
  field: 'messages',
  value: text(wamid, 'Are you open?', { second }),
});
const writes = (wamid: string, second: number, more: object = {}): Told => ({
  field: 'smb_message_echoes',
  value: {
    metadata,
    message_echoes: [
      {
        from: '15550783881',
        to: noor.from,
        to_user_id: noor.from_user_id,
        id: wamid,
        timestamp: String(SECOND + second),
        type: 'text',
        text: { body: 'Yes, until six' },
        ...more,
      },
    ],
  },
});
const standby = (value: object): Told => ({ field: 'standby', value: { metadata, standby: value } });
const passes = (to: string, second: number): Told => ({
  field: 'messaging_handovers',
  value: {
    sender: { phone_number: noor.from },
    recipient: { phone_number_id: bakery.phoneNumberId },
    type: to === 'ai_agent' ? 'control_taken' : 'control_passed',
    timestamp: SECOND + second,
    [to === 'ai_agent' ? 'control_taken' : 'control_passed']: { new_owner_role: to },
  },
});

async function tell(...all: Told[]): Promise<void> {
  for (const { field, value } of all) {
    const body = field === 'messages' ? webhookBody(bakery, value) : fieldBody(bakery, field, value);
    expect((await bench.post(body)).status).toBe(200);
    await bench.settled();
  }
}

const thread = async () => (await inbox.sql.select().from(conversations))[0];
const waitsSince = async () => {
  const since = (await thread())?.waitingSince ?? null;
  return since === null ? null : (since - NOON) / 1000;
};

test('what somebody writes on the phone is an answer from there', async () => {
  await tell(says('wamid.in', 0), writes('wamid.out', 10));
  const [, out] = await inbox.sql.select().from(messages).orderBy(asc(messages.orderedAt));
  expect(out).toMatchObject({
    direction: 'out',
    authorKind: 'phone_app',
    origin: 'phone_app',
    status: 'sent',
    text: 'Yes, until six',
    orderedAt: NOON + 10_000,
  });
  expect(await thread()).toMatchObject({ waitingSince: null, state: 'open', snippet: 'Yes, until six' });
  expect(await inbox.sql.select().from(cases)).toMatchObject([{ firstReplyAt: NOON + 10_000 }]);
  expect((await inbox.sql.select().from(numbers))[0]?.phoneAppAt).toBe(bench.clock.now);
  expect(await inbox.sql.select().from(contacts)).toHaveLength(1);
});

const orders: [string, Told[], number | null][] = [
  ['a question asked after the answer waits', [writes('b', 5), says('a', 0), says('c', 9)], 9],
  ['a question that arrives after its answer does not wait', [writes('b', 5), says('a', 0)], null],
  ['of three, those before the answer', [says('a', 0), says('c', 9), writes('b', 5), says('d', 12)], 9],
  ['the same answer five times', [says('a', 0), ...Array(5).fill(writes('b', 5)), says('c', 9)], 9],
  ['an answer in the second of the question', [says('a', 3), writes('b', 3)], null],
  [
    'what a machine gave to people after it',
    [passes('customer_service', 9), says('a', 0), writes('b', 5)],
    9,
  ],
  [
    'and before it, as it comes after it',
    [writes('b', 5), says('a', 0), passes('customer_service', 3)],
    null,
  ],
  ['and before it', [passes('customer_service', 3), says('a', 0), writes('b', 5)], null],
];
test.each(orders)('who waits does not hang on the order of arrival: %s', async (_, told, since) => {
  await tell(...told);
  expect(await waitsSince()).toBe(since);
});

test('an answer belongs to the case that is open, also when it was opened in a conversation merged since', async () => {
  const { from, from_user_id } = noor;
  const value = (wamid: string, second: number, ids: object) => ({
    field: 'messages',
    value: text(wamid, 'Are you open?', { second, from: ids }),
  });
  await tell(value('wamid.1', 0, { from }));
  await inbox.write('full', [
    inbox.sql.update(cases).set({ closedAt: NOON + 1000 }),
    inbox.sql.update(conversations).set({ state: 'closed', waitingSince: null }),
  ]);
  await tell(value('wamid.2', 10, { from_user_id }), says('wamid.3', 11), writes('wamid.4', 20));
  const known = await inbox.sql.select().from(cases);
  expect(known.map(({ firstReplyAt }) => firstReplyAt)).toEqual([null, NOON + 20_000]);
  const [answer] = (await inbox.sql.select().from(messages)).filter(({ wamid }) => wamid === 'wamid.4');
  expect(answer?.caseId).toBe(known[1]?.id as number);
});

test('an answer to a closed case begins a new one, unless it was written before the closing', async () => {
  await tell(says('a', -20), writes('b', -15));
  const [first] = await inbox.sql.select().from(cases);
  await inbox.write('full', [
    inbox.sql.update(cases).set({ closedAt: NOON - 10_000 }),
    inbox.sql.update(conversations).set({ state: 'closed', caseId: null }),
  ]);
  await tell(writes('late', -12));
  expect(await thread()).toMatchObject({ state: 'closed' });
  await tell(writes('anew', 5));
  expect(await thread()).toMatchObject({ state: 'open' });
  expect((await inbox.sql.select().from(cases)).length).toBe(2);
  expect((await inbox.sql.select().from(messages)).filter(({ caseId }) => caseId === first?.id)).toHaveLength(
    3,
  );
});

test('a reaction chosen on the phone is nobody’s here, and takes the place of one that waits or has failed', async () => {
  await tell(says('a', 0));
  const [message] = await inbox.sql.select().from(messages);
  const { id: messageId = 0, conversationId = 0, numberId = 0 } = message ?? {};
  const mark = { messageId, side: 'out' as const, by: 0, id: 77, emoji: '👍', at: NOON + 1_000, authorId: 5 };
  await inbox.write('full', [
    inbox.sql.insert(reactions).values({ ...mark, status: 'failed', error: '{"code":131000}' }),
    queue(inbox, { reactionId: 77 }, { numberId, conversationId, lane: 'interactive', notBefore: NOON }),
  ]);
  const reacts = (wamid: string, second: number, emoji: string) =>
    writes(wamid, second, { type: 'reaction', text: undefined, reaction: { message_id: 'a', emoji } });
  await tell(reacts('older', 0, '🙏'));
  expect(await inbox.sql.select().from(reactions)).toMatchObject([{ ...mark, status: 'failed' }]);
  expect(await inbox.sql.select().from(outbox)).toHaveLength(1);
  await tell(reacts('newer', 2, '🎉'));
  const [row] = await inbox.sql.select().from(reactions);
  expect(row).toMatchObject({ emoji: '🎉', at: NOON + 2_000, authorId: null, status: 'sent', error: null });
  expect(row?.id).not.toBe(77);
  expect(await inbox.sql.select().from(outbox)).toEqual([]);
});

test('files, changes, deletions and reactions from the phone come like any others', async () => {
  const image = { type: 'image', text: undefined, image: { id: '77', mime_type: 'image/jpeg', sha256: 'x' } };
  const edit = { original_message_id: 'b', message: { type: 'text', text: { body: 'Until seven' } } };
  await tell(
    says('a', 0),
    writes('x', 30, { type: 'reaction', text: undefined, reaction: { message_id: 'a', emoji: '👍' } }),
    writes('e', 20, { type: 'edit', text: undefined, edit }),
    writes('b', 5),
    writes('i', 6, image),
    writes('r', 25, { type: 'revoke', text: undefined, revoke: { original_message_id: 'i' } }),
  );
  const rows = await inbox.sql.select().from(messages).orderBy(asc(messages.orderedAt));
  expect(rows.map((row) => [row.wamid, row.text, row.editedAt !== null, row.revokedAt !== null])).toEqual([
    ['a', 'Are you open?', false, false],
    ['b', 'Until seven', true, false],
    ['i', '', false, true],
  ]);
  expect(await inbox.sql.select().from(files)).toMatchObject([{ mediaId: '77', state: 'waiting' }]);
  expect(await inbox.sql.select().from(reactions)).toMatchObject([{ side: 'out', by: 0, emoji: '👍' }]);
});

test('what another system sees to is kept and marked, and nobody here is asked for it', async () => {
  const { contacts: people, messages: said } = text('s1', 'When do you open?', { second: 0 });
  await tell(
    standby({ contacts: people, messages: said }),
    standby({
      message_echoes: [
        {
          id: 's2',
          timestamp: SECOND + 2,
          message: { to: `+${noor.from}`, type: 'text', text: { body: 'At nine' } },
        },
      ],
    }),
    standby({
      statuses: [{ id: 's2', status: 'read', timestamp: String(SECOND + 3), recipient_id: noor.from }],
    }),
  );
  const rows = await inbox.sql.select().from(messages).orderBy(asc(messages.orderedAt));
  expect(rows.map((row) => [row.direction, row.authorKind, row.status, row.caseId])).toEqual([
    ['in', 'customer', 'received', null],
    ['out', 'system', 'read', null],
  ]);
  expect(rows.every(({ content }) => JSON.parse(content).isElsewhere === true)).toBe(true);
  expect(await thread()).toMatchObject({
    state: 'closed',
    waitingSince: null,
    windowExpiresAt: NOON + 24 * 3_600_000,
  });
});

test('a conversation that a machine gives to people waits for them; each handover is one line', async () => {
  const { contacts: people, messages: said } = text('s1', 'A person, please', { second: 0 });
  await tell(standby({ contacts: people, messages: said }), passes('ai_agent', 1));
  expect(await waitsSince()).toBe(null);
  await tell(passes('customer_service', 2), passes('customer_service', 2));
  expect(await waitsSince()).toBe(2);
  const lines = (await inbox.sql.select().from(events)).filter(({ kind }) => kind.startsWith('handover'));
  expect(lines.map(({ kind, at }) => [kind, at - NOON])).toEqual([
    ['handover.taken', 1_000],
    ['handover.passed', 2_000],
  ]);
});
