import { afterEach, beforeEach, expect, test } from 'bun:test';
import { asc, eq } from 'drizzle-orm';
import { HOUR, NOON, seedConversation } from '#src/conversations/testing.ts';
import { type ServedShop, serveShop } from '#src/conversations/testing-server.ts';
import { messages as messageRows, outbox, reads } from '#src/db/schema/inbox/index.ts';
import { asFragment, type Client } from '#src/testing/client.ts';
import { messages } from './routes.tsx';

let shop: ServedShop;
let ada: Client;
beforeEach(async () => {
  shop = await serveShop((services) => [messages(services)]);
  ada = await shop.as(shop.adaId);
  const open = { windowExpiresAt: shop.clock.now + HOUR, lastArrivedAt: NOON };
  await shop.inbox.write('normal', [
    ...seedConversation(shop.inbox, 1, open),
    ...seedConversation(shop.inbox, 2, { ...open, windowExpiresAt: shop.clock.now - 1 }),
  ]);
});
afterEach(() => shop.close());

const written = () =>
  shop.inbox.sql
    .select()
    .from(messageRows)
    .where(eq(messageRows.direction, 'out'))
    .orderBy(asc(messageRows.id));

test('without htmx a message is taken and the browser goes back to the conversation', async () => {
  const answer = await ada.post('/conversations/1/messages', {
    text: 'Good\r\nmorning',
    key: 'k1',
    back: 'mine',
  });

  expect(answer.status).toBe(303);
  expect(answer.headers.get('location')).toBe('/inbox/mine/1');
  expect(await written()).toMatchObject([{ text: 'Good\nmorning', status: 'queued', authorId: shop.adaId }]);
  expect(shop.poked).toContain(shop.accountId);
});

test('htmx gets the bubble and the row', async () => {
  const answer = await ada.post('/conversations/1/messages', { text: '<b>Hi</b>', key: 'k1' }, asFragment);
  const html = await answer.text();
  const [message] = await written();

  expect(answer.status).toBe(200);
  expect(html).toContain(`id="message-${message?.id}"`);
  expect(html).toContain('id="row-1"');
  expect(html).toContain('&lt;b>Hi');
});

test('two tabs with one key write one message', async () => {
  const post = () => ada.post('/conversations/1/messages', { text: 'Once', key: 'same' });
  const answers = await Promise.all([post(), post(), post()]);

  expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
  expect(await written()).toHaveLength(1);
  expect(await shop.inbox.sql.select().from(outbox)).toHaveLength(1);
});

test('text that looks like something else is text', async () => {
  for (const [place, text] of [
    '{"a":1}',
    '[1]',
    '12',
    'true',
    'null',
    'a=b&c=d',
    '\u202Eabc',
    '😀',
  ].entries()) {
    await ada.post('/conversations/1/messages', { text, key: `k${place}` });
  }

  expect((await written()).map(({ text }) => text)).toEqual([
    '{"a":1}',
    '[1]',
    '12',
    'true',
    'null',
    'a=b&c=d',
    '\u202Eabc',
    '😀',
  ]);
});

test('an empty message is refused beside the box', async () => {
  const page = await ada.post('/conversations/1/messages', { text: ' \r\n ', key: 'k1' });
  expect(page.status).toBe(422);
  expect(await page.text()).toContain('Write something first.');

  const part = await ada.post('/conversations/1/messages', { text: '', key: 'k1' }, asFragment);
  expect(part.status).toBe(422);
  expect(await part.text()).toContain('hx-target="#composer-1"');
  expect(await written()).toEqual([]);
});

test('what is too long is refused, not cut, and stays in the box', async () => {
  const text = `${'long '.repeat(819)}and the end`;
  const answer = await ada.post('/conversations/1/messages', { text, key: 'k1' });
  const html = await answer.text();

  expect(answer.status).toBe(422);
  expect(html).toContain('at most 4,096 characters. This is 10 too long');
  expect(html).toContain('and the end');
  expect(await written()).toEqual([]);
});

test('a closed window is said, and what was typed is kept', async () => {
  const answer = await ada.post('/conversations/2/messages', { text: 'Are you there?', key: 'k1' });

  expect(answer.status).toBe(422);
  expect(await answer.text()).toContain('Are you there?');
  expect(await written()).toEqual([]);
});

test('nobody writes into what they may not see, or without the permission', async () => {
  const fields = { text: 'Hello', key: 'k1' };
  expect((await ada.post('/conversations/99/messages', fields)).status).toBe(404);
  expect((await ada.post('/conversations/x/messages', fields)).status).toBe(404);
  expect((await shop.anonymous.post('/conversations/1/messages', fields)).status).toBe(303);

  await shop.restrict(shop.boId, ['conversations.read']);
  const bo = await shop.as(shop.boId);
  expect((await bo.post('/conversations/1/messages', fields)).status).toBe(403);
  expect(await written()).toEqual([]);
});

test('reading moves the marker of the one who reads', async () => {
  const answer = await ada.post('/conversations/1/reading', { message: '100' }, asFragment);

  expect(answer.status).toBe(200);
  expect(await shop.inbox.sql.select().from(reads)).toMatchObject([
    { userId: shop.adaId, conversationId: 1, messageId: 100 },
  ]);
  expect((await ada.post('/conversations/1/reading', { message: '200' }, asFragment)).status).toBe(404);
});

test('a reaction and its taking back go out one after the other', async () => {
  expect((await ada.post('/messages/100/reaction', { emoji: '👍' })).status).toBe(303);
  expect((await ada.post('/messages/100/reaction', { emoji: 'no emoji' })).status).toBe(422);
  expect((await ada.post('/messages/200/reaction', { emoji: '👍' })).status).toBe(422);

  expect(await shop.inbox.sql.select().from(outbox)).toMatchObject([{ conversationId: 1, messageId: null }]);
});

test('a message that waits can be called off, and the customer waits again', async () => {
  await ada.post('/conversations/1/messages', { text: 'Oh no', key: 'k1' });
  const [message] = await written();
  const answer = await ada.post(`/messages/${message?.id}/cancellation`, {});

  expect(answer.status).toBe(303);
  expect(answer.headers.get('location')).toBe('/c/1');
  expect(await written()).toMatchObject([{ status: 'cancelled' }]);
  expect(await shop.inbox.sql.select().from(outbox)).toEqual([]);
});
