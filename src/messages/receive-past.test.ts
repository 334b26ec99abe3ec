import { afterEach, beforeEach, expect, test } from 'bun:test';
import { asc, eq } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import {
  accountEvents,
  cases,
  contacts,
  conversations,
  files,
  historyChunks,
  messages,
} from '#src/db/schema/inbox/index.ts';
import {
  bakery,
  fieldBody,
  openWebhookBench,
  text,
  type WebhookBench,
  webhookBody,
} from '#src/webhooks/testing.ts';
import { bodies, tellHistory } from './history-testing.ts';
import { loadMessages } from './load.ts';

const DAY = 24 * 3_600_000;
let bench: WebhookBench;
let inbox: Inbox;

beforeEach(async () => {
  bench = await openWebhookBench([bakery]);
  inbox = await bench.inbox(bakery);
});
afterEach(() => bench.close());

const tell = (...names: string[]) => tellHistory(bench, ...names);

/** Everything but when it arrived and which ids it got. */
async function state() {
  const rows = await inbox.sql.select().from(messages).orderBy(asc(messages.orderedAt));
  return {
    messages: rows.map(({ wamid, direction, origin, type, text: said, status, orderedAt }) => {
      return { wamid, direction, origin, type, text: said, status, orderedAt };
    }),
    threads: (await inbox.sql.select().from(conversations).orderBy(asc(conversations.lastArrivedAt))).map(
      (row) => {
        const { state, waitingSince, windowExpiresAt, lastInboundId, lastArrivedAt, snippet } = row;
        return { state, waitingSince, windowExpiresAt, lastInboundId, lastArrivedAt, snippet };
      },
    ),
    chunks: (await inbox.sql.select().from(historyChunks)).map(({ at: _, numberId: __, ...chunk }) => chunk),
    files: (await inbox.sql.select().from(files)).map(({ mediaId, state: stored }) => ({ mediaId, stored })),
  };
}

test('the history of a phone stands where it was said, opens no window and asks nobody', async () => {
  await tell('history-chunk', 'history-end', 'history-media');
  expect(await state()).toMatchInlineSnapshot(`
    {
      "chunks": [
        {
          "chunkOrder": 1,
          "messages": 4,
          "phase": 1,
          "progress": 60,
        },
        {
          "chunkOrder": 2,
          "messages": 1,
          "phase": 1,
          "progress": 100,
        },
      ],
      "files": [
        {
          "mediaId": "5550003",
          "stored": "waiting",
        },
      ],
      "messages": [
        {
          "direction": "in",
          "orderedAt": 1792753200000,
          "origin": "history",
          "status": "received",
          "text": "Do you cut timber?",
          "type": "text",
          "wamid": "wamid.cGFzdC01",
        },
        {
          "direction": "out",
          "orderedAt": 1792753260000,
          "origin": "history",
          "status": "delivered",
          "text": "We do, to the centimetre.",
          "type": "text",
          "wamid": "wamid.cGFzdC02",
        },
        {
          "direction": "in",
          "orderedAt": 1792753320000,
          "origin": "history",
          "status": "received",
          "text": "This one",
          "type": "image",
          "wamid": "wamid.cGFzdC03",
        },
        {
          "direction": "out",
          "orderedAt": 1792753380000,
          "origin": "history",
          "status": "failed",
          "text": "Two days, then.",
          "type": "text",
          "wamid": "wamid.cGFzdC04",
        },
        {
          "direction": "in",
          "orderedAt": 1792753500000,
          "origin": "history",
          "status": "received",
          "text": "Still open today?",
          "type": "text",
          "wamid": "wamid.cGFzdC05",
        },
      ],
      "threads": [
        {
          "lastArrivedAt": 1792753380000,
          "lastInboundId": null,
          "snippet": "Two days, then.",
          "state": "closed",
          "waitingSince": null,
          "windowExpiresAt": null,
        },
        {
          "lastArrivedAt": 1792753500000,
          "lastInboundId": null,
          "snippet": "Still open today?",
          "state": "closed",
          "waitingSince": null,
          "windowExpiresAt": null,
        },
      ],
    }
  `);
  expect(await inbox.sql.select().from(cases)).toEqual([]);
  expect(bench.pushed.flatMap(({ messages: told }) => told ?? [])).toHaveLength(1);
  const ids = (await inbox.sql.select({ id: messages.id }).from(messages)).map(({ id }) => id);
  expect((await loadMessages(inbox, ids)).some(({ late }) => late)).toBe(false);
});

test.each([
  [['history-media', 'history-chunk', 'history-end']],
  [['history-end', 'history-chunk', 'history-media']],
  [['history-chunk', 'history-chunk', 'history-media', 'history-end', 'history-media', 'history-chunk']],
])('in any order, and however often, it ends the same: %p', async (names) => {
  await tell('history-chunk', 'history-end', 'history-media');
  const expected = await state();
  await bench.close();
  bench = await openWebhookBench([bakery]);
  inbox = await bench.inbox(bakery);
  await tell(...names);
  expect({ ...(await state()), chunks: [] }).toEqual({ ...expected, chunks: [] });
  expect((await inbox.sql.select().from(historyChunks)).map(({ chunkOrder }) => chunkOrder).sort()).toEqual([
    1, 2,
  ]);
});

test('what is said now stays as it is when history comes after it', async () => {
  const from = { from: '263775550104' };
  await bench.post(webhookBody(bakery, text('wamid.now', 'Hello again', { from })));
  await bench.settled();
  const [before] = await inbox.sql.select().from(conversations);
  await tell('history-end');
  const [after] = await inbox.sql.select().from(conversations);
  expect(after).toEqual(before);
  expect(await inbox.sql.select().from(contacts)).toHaveLength(1);
  expect(after?.windowExpiresAt).toBeGreaterThan(bench.clock.now + DAY - 60_000);
});

test('a picture from the past that was deleted stays so when it is told late', async () => {
  await tell('history-chunk', 'history-end');
  const revoke = { original_message_id: 'wamid.cGFzdC03' };
  const from = { from: '263775550103' };
  await bench.post(webhookBody(bakery, text('wamid.r', '', { from, type: 'revoke', revoke })));
  await bench.settled();
  await tell('history-media');
  const [row] = await inbox.sql.select().from(messages).where(eq(messages.wamid, 'wamid.cGFzdC03'));
  expect(row).toMatchObject({ text: '', content: '{"kind":"revoked"}', revokedAt: expect.any(Number) });
  const threads = await inbox.sql.select().from(conversations);
  expect(threads.map(({ snippet }) => snippet)).not.toContain('This one');
  expect(await inbox.sql.select().from(files)).toEqual([]);
});

test('that the business did not share its history is said', async () => {
  await tell('history-declined');
  expect(await inbox.sql.select().from(accountEvents)).toMatchObject([
    { kind: 'history', event: '2593109', severity: 'warning', numberId: 100 },
  ]);
});

test('a file that comes later is found by its name, whether or not it has a caption', async () => {
  const roof = { id: '5550009', mime_type: 'application/pdf', sha256: 'x', filename: 'roofplan.pdf' };
  const message = { from: '263775550103', id: 'wamid.cGFzdC03', timestamp: '1792753320', type: 'document' };
  const { metadata, messaging_product } = bodies.get('history-media') ?? {};
  await tell('history-chunk');
  const value = { messaging_product, metadata, messages: [{ ...message, document: roof }] };
  for (let time = 0; time < 2; time += 1) {
    expect((await bench.post(fieldBody(bakery, 'history', value))).status).toBe(200);
    await bench.settled();
  }
  const found = inbox.rows("select rowid from message_search where message_search match 'roofplan'");
  const [row] = await inbox.sql.select().from(messages).where(eq(messages.wamid, message.id));
  expect(found).toEqual([[row?.id ?? 0]]);
});
