import { afterEach, beforeEach, expect, test } from 'bun:test';
import { asc, eq } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { cases, contacts, conversations, files, messages } from '#src/db/schema/inbox/index.ts';
import {
  bakery,
  fieldBody,
  openWebhookBench,
  text,
  type WebhookBench,
  webhookBody,
} from '#src/webhooks/testing.ts';
import { bodies, tellHistory } from './history-testing.ts';

const DAY = 24 * 3_600_000;
let bench: WebhookBench;
let inbox: Inbox;

beforeEach(async () => {
  bench = await openWebhookBench([bakery]);
  inbox = await bench.inbox(bakery);
});
afterEach(() => bench.close());

const tell = (...names: string[]) => tellHistory(bench, ...names);

test('what history told first is news once WhatsApp says it as such, and only once', async () => {
  const live = async (wamid: string, second: number, from: string, more: object = {}) => {
    const value = text(wamid, 'Still open today?', { from: { from }, timestamp: String(second), ...more });
    expect((await bench.post(webhookBody(bakery, value))).status).toBe(200);
    await bench.settled();
  };
  const SAID = 1_792_753_500_000;
  await tell('history-end');
  await live('wamid.cGFzdC05', SAID / 1000, '263775550104');
  const [row] = await inbox.sql.select().from(messages);
  expect(row).toMatchObject({ origin: 'inbox', orderedAt: SAID, arrivedAt: bench.clock.now });
  const [thread] = await inbox.sql.select().from(conversations);
  expect(thread).toMatchObject({
    state: 'open',
    waitingSince: SAID,
    windowExpiresAt: SAID + DAY,
    lastArrivedAt: bench.clock.now,
    lastMessageId: row?.id,
    lastInboundId: row?.id,
    caseId: row?.caseId,
    snippet: 'Still open today?',
  });
  expect(await inbox.sql.select().from(cases)).toMatchObject([{ id: row?.caseId, firstInboundAt: SAID }]);
  expect(bench.pushed.flatMap(({ messages: told }) => told ?? [])).toEqual([row?.id ?? 0]);
  expect((await inbox.sql.select().from(contacts))[0]?.name).toBe('Noor');

  bench.clock.now += 60_000;
  await live('wamid.cGFzdC05', SAID / 1000, '263775550104', { biz: 'told again' });
  await tell('history-end');
  expect(await inbox.sql.select().from(conversations)).toEqual(thread ? [thread] : []);
  expect(await inbox.sql.select().from(messages)).toEqual(row ? [row] : []);

  const image = { id: 'media-1', mime_type: 'image/jpeg', sha256: 'abc=', caption: 'This one' };
  await tell('history-chunk');
  await live('wamid.cGFzdC03', 1_792_753_320, '263775550103', { type: 'image', image, text: undefined });
  await tell('history-media');
  const [picture] = await inbox.sql.select().from(messages).where(eq(messages.wamid, 'wamid.cGFzdC03'));
  expect(picture).toMatchObject({ type: 'image', text: 'This one', origin: 'inbox', raw: null });
  expect(await inbox.sql.select().from(files)).toMatchObject([{ mediaId: 'media-1', state: 'waiting' }]);
  const [, other] = await inbox.sql.select().from(conversations);
  expect(other).toMatchObject({ waitingSince: 1_792_753_320_000, snippet: 'Two days, then.' });
});

const ASKED = 1_792_753_200_000;
const ANSWERED = ASKED + 60_000;
const tendai = { from: '263775550103' };
const business = { display_phone_number: '15550783881', phone_number_id: bakery.phoneNumberId };
const writes = (wamid: string, at: number, body: string) => {
  const echo = {
    from: '15550783881',
    to: tendai.from,
    id: wamid,
    timestamp: String(at / 1000),
    type: 'text',
  };
  const value = { metadata: business, message_echoes: [{ ...echo, text: { body } }] };
  return fieldBody(bakery, 'smb_message_echoes', value);
};
const said = {
  history: () => fieldBody(bakery, 'history', bodies.get('history-chunk') ?? {}),
  question: () => {
    const told = { from: tendai, timestamp: String(ASKED / 1000) };
    return webhookBody(bakery, text('wamid.cGFzdC01', 'Do you cut timber?', told));
  },
  answer: () => writes('wamid.cGFzdC02', ANSWERED, 'We do, to the centimetre.'),
};

test.each<[(keyof typeof said)[]]>([
  [['history', 'question', 'answer']],
  [['history', 'answer', 'question']],
  [['question', 'history', 'answer']],
  [['answer', 'history', 'question']],
])('who was answered on the phone waits no longer, though history told of it too: %p', async (order) => {
  for (const name of order) {
    expect((await bench.post(said[name]())).status).toBe(200);
    await bench.settled();
  }
  expect(await inbox.sql.select().from(conversations)).toMatchObject([{ state: 'open', waitingSince: null }]);
  const [asked, answered] = await inbox.sql.select().from(messages).orderBy(asc(messages.orderedAt));
  const [known, ...others] = await inbox.sql.select().from(cases);
  expect(others).toEqual([]);
  expect(known).toMatchObject({ firstInboundAt: ASKED, firstReplyAt: ANSWERED });
  expect(asked).toMatchObject({ origin: 'inbox', caseId: known?.id });
  expect(answered).toMatchObject({ origin: 'phone_app', authorKind: 'phone_app', caseId: known?.id });
  const told = bench.pushed.flatMap(({ messages: ids }) => ids ?? []);
  expect(new Set(told)).toEqual(new Set([asked?.id ?? 0, answered?.id ?? 0]));
});

test('an answer that has come as history alone is one, unless it did not go out; what was changed keeps its words', async () => {
  const arrive = async (body: string) => {
    expect((await bench.post(body)).status).toBe(200);
    await bench.settled();
  };
  const waitingSince = async () => (await inbox.sql.select().from(conversations))[0]?.waitingSince;
  await arrive(said.history());
  await arrive(said.question());
  expect(await waitingSince()).toBe(null);

  const later = ASKED + 120_000;
  const told = { from: tendai, timestamp: String(later / 1000) };
  await arrive(webhookBody(bakery, text('wamid.cGFzdC03', 'How long does it take?', told)));
  await arrive(writes('wamid.cGFzdC04', ASKED + 180_000, 'Two days, then.'));
  expect(await waitingSince()).toBe(later);

  await tell('history-end');
  const from = { from: '263775550104' };
  const edit = {
    original_message_id: 'wamid.cGFzdC05',
    message: { type: 'text', text: { body: 'Open on Sunday?' } },
  };
  await arrive(webhookBody(bakery, text('wamid.e', '', { from, type: 'edit', edit })));
  const first = { from, timestamp: '1792753500' };
  await arrive(webhookBody(bakery, text('wamid.cGFzdC05', 'Still open today?', first)));
  const threads = await inbox.sql.select().from(conversations);
  expect(threads.map(({ snippet }) => snippet)).toEqual(['Two days, then.', 'Open on Sunday?']);
});

test('what history told first and its sender deleted is no news', async () => {
  await tell('history-end');
  const from = { from: '263775550104' };
  const revoke = { original_message_id: 'wamid.cGFzdC05' };
  const told = { from, timestamp: '1792753500' };
  await bench.post(webhookBody(bakery, text('wamid.r', '', { from, type: 'revoke', revoke })));
  await bench.settled();
  await bench.post(webhookBody(bakery, text('wamid.cGFzdC05', 'Still open today?', told)));
  await bench.settled();
  expect(await inbox.sql.select().from(messages)).toMatchObject([{ text: '', origin: 'history' }]);
  expect(await inbox.sql.select().from(conversations)).toMatchObject([
    { waitingSince: null, state: 'closed' },
  ]);
});
