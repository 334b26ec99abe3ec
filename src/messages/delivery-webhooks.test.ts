import { afterEach, beforeEach, expect, test } from 'bun:test';
import { eq } from 'drizzle-orm';
import { conversations, messages, outbox, reactions } from '#src/db/schema/inbox/index.ts';
import { type Box, openBox } from '#src/testing/box.ts';
import type { Client } from '#src/testing/client.ts';
import { until } from '#src/testing/until.ts';

// Sending as it is in use: the whole server, with the simulator's webhooks coming back over HTTP.

const PHONE = '+263771234567';
let box: Box;
let ada: Client;
let conversationId: number;

beforeEach(async () => {
  box = await openBox();
  await box.simulator.customer(PHONE).say(box.number.phoneNumberId, 'Do you have cement?');
  await box.settled();
  ada = await box.as('ada');
  conversationId = await box.inbox(
    async ({ sql: db }) => (await db.select().from(conversations))[0]?.id ?? 0,
  );
});
afterEach(() => box.close());

const write = async (text: string) => {
  await ada.post(`/conversations/${conversationId}/messages`, { text, key: crypto.randomUUID() });
  const rows = await box.inbox(({ sql: db }) => db.select().from(messages).where(eq(messages.text, text)));
  return rows[0]?.id ?? 0;
};
const isSo = (id: number, status: string) =>
  until(`message ${id} to be ${status}`, () =>
    box.inbox(async ({ sql: db }) => {
      const [message] = await db.select().from(messages).where(eq(messages.id, id));
      return message?.status === status && message;
    }),
  );
const waiting = () => box.inbox(({ sql: db }) => db.select().from(outbox));

test('a reply moves from queued to read', async () => {
  const id = await write('Yes, fifty bags');
  await isSo(id, 'delivered');
  await box.simulator.customer(PHONE).read(box.number.phoneNumberId);
  await isSo(id, 'read');

  expect(box.simulator.sent).toHaveLength(1);
  expect(await waiting()).toEqual([]);
});

test('a send whose answer was lost is settled by its status, and sent once', async () => {
  box.simulator.trouble.resetAfterAccept();
  const id = await write('Yes, fifty bags');
  const message = await isSo(id, 'delivered');

  expect(message.wamid).toBe(box.simulator.sent[0]?.wamid ?? '');
  await until('the outbox to be empty', async () => (await waiting()).length === 0);
  expect(box.simulator.sent).toHaveLength(1);
});

test('statuses out of order and twice: every message is sent once and delivered', async () => {
  box.simulator.trouble.shuffle(true);
  box.simulator.trouble.repeat(2);
  const texts = Array.from({ length: 10 }, (_, place) => `line ${place}`);
  const ids: number[] = [];
  for (const text of texts) {
    ids.push(await write(text));
  }
  for (const id of ids) {
    await isSo(id, 'delivered');
  }

  const bodies = box.simulator.sent.map(({ body }) => (body.text as { body: string }).body);
  expect(bodies).toEqual(texts);
});

test('a reaction gets as far as sent', async () => {
  const heard = await box.inbox(async ({ sql: db }) => (await db.select().from(messages))[0]?.id);
  await ada.post(`/messages/${heard}/reaction`, { emoji: '👍' });
  await until('the reaction to be sent', () =>
    box.inbox(async ({ sql: db }) => (await db.select().from(reactions))[0]?.status === 'sent'),
  );

  expect(await waiting()).toEqual([]);
});
