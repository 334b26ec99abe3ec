import { afterEach, beforeEach, expect, test } from 'bun:test';
import { conversations } from '#src/conversations/routes.tsx';
import { HOUR, NOON, seedConversation } from '#src/conversations/testing.ts';
import { type ServedShop, serveShop } from '#src/conversations/testing-server.ts';
import { live } from '#src/live/routes.ts';
import { openTab, type Push, type Tab } from '#src/live/testing-tab.ts';
import type { Client } from '#src/testing/client.ts';
import { drafts } from './draft-routes.ts';
import { messages } from './routes.tsx';

let shop: ServedShop;
let ada: Client;
beforeEach(async () => {
  shop = await serveShop((services) => [
    conversations(services),
    messages(services),
    drafts(services),
    live(services),
  ]);
  ada = await shop.as(shop.adaId);
  const open = { windowExpiresAt: shop.clock.now + HOUR, lastArrivedAt: NOON };
  await shop.inbox.write('normal', seedConversation(shop.inbox, 1, open));
});
afterEach(() => shop.close());

const asJson = { accept: 'application/json' };
const save = (text: string, revision: number, key = 'k1') =>
  ada.post('/conversations/1/draft', { text, key, revision: String(revision), quoted: '' }, asJson);

test('a draft is answered as it is kept, and found again', async () => {
  const answer = await save('Half', 0);
  const draft = { conversationId: 1, text: 'Half', quotedId: null, files: [], key: 'k1', revision: 1 };

  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual(draft);
  const found = await ada.get('/conversations/1/draft');
  expect(found.headers.get('cache-control')).toContain('no-store');
  expect(await found.json()).toEqual(draft);
});

test('an older one is answered 409 with the newer', async () => {
  await save('Newer', 4);
  const answer = await save('Older', 2);

  expect(answer.status).toBe(409);
  expect(await answer.json()).toMatchObject({ text: 'Newer', revision: 5 });
});

test('a plain form goes back to the conversation', async () => {
  const answer = await ada.post('/conversations/1/draft', {
    text: 'x',
    key: 'k',
    revision: '0',
    back: 'mine',
  });
  expect(answer.status).toBe(303);
  expect(answer.headers.get('location')).toBe('/inbox/mine/1');
});

test('what is no revision, or too long, is refused', async () => {
  const post = (fields: Record<string, string>) =>
    ada.post('/conversations/1/draft', { text: 'x', key: 'k', revision: '0', ...fields }, asJson);

  expect((await post({ revision: '-1' })).status).toBe(422);
  expect((await post({ revision: '9'.repeat(16) })).status).toBe(422);
  expect((await post({ text: 'x'.repeat(300_001) })).status).toBe(422);
});

async function told(tab: Tab, count: number): Promise<unknown[]> {
  const heard: unknown[] = [];
  while (heard.length < count) {
    const push = await tab.next();
    heard.push(...('tell' in push ? [push.tell] : []));
  }
  return heard;
}

test('saving and sending tell all tabs of the same person, and nobody else’s', async () => {
  const own = openTab(shop, await shop.cookieOf(shop.adaId));
  const bos = openTab(shop, await shop.cookieOf(shop.boId), { conversation: 1 });
  await Promise.all([own.joined, bos.joined]);
  await save('Between us', 0);
  await ada.post('/conversations/1/messages', { text: 'Between us', key: 'k1', revision: '1' });

  expect(await told(own, 2)).toMatchObject([
    { kind: 'draft', conversationId: 1, text: 'Between us', revision: 1 },
    { kind: 'draft', conversationId: 1, text: '', revision: 2 },
  ]);
  // What Bo was told by then came before the message, which goes to everybody.
  const heard: Push[] = [];
  while (!heard.some(({ content = '' }) => content.includes('Between us'))) {
    heard.push(await bos.next());
  }
  expect(heard.filter((push) => 'tell' in push)).toEqual([]);
  own.close();
  bos.close();
});

test('a message that a colleague has answered meanwhile is not written: the box asks', async () => {
  const bo = await shop.as(shop.boId);
  await bo.post('/conversations/1/messages', { text: 'Mine', key: 'b1' });
  shop.clock.now += 8_000;
  const fields = { text: 'Also mine', key: 'a1', seen: '100', revision: '0' };
  const asked = await ada.post('/conversations/1/messages', fields, { 'hx-request': 'true' });
  const html = await asked.text();

  expect(asked.status).toBe(422);
  expect(html).toContain('Bo Sithole replied 8 s ago — send anyway?');
  expect(html).toMatch(/<textarea[^>]*>Also mine</);

  const seen = html.match(/name="seen" value="(\d+)"/)?.[1] ?? '';
  const anyway = await ada.post('/conversations/1/messages', { ...fields, seen, key: 'a2' });
  expect(anyway.status).toBe(303);
});

test('a draft that another tab has sent with other words comes back with the reason and a key of its own', async () => {
  await save('Ten bags', 0, 'shared');
  await ada.post('/conversations/1/messages', { text: 'Ten bags', key: 'shared', revision: '1' });
  const fields = { text: 'Ten bags, and a drill', key: 'shared', revision: '1' };
  const refused = await ada.post('/conversations/1/messages', fields, { 'hx-request': 'true' });
  const html = await refused.text();

  expect(refused.status).toBe(422);
  expect(html).toContain('already been sent from another window');
  expect(html).toMatch(/<textarea[^>]*>Ten bags, and a drill</);
  const key = html.match(/name="key" value="([^"]+)"/)?.[1] ?? 'shared';
  expect((await ada.post('/conversations/1/messages', { ...fields, key })).status).toBe(303);
});

test('the page of a conversation has the draft in its box, under its key', async () => {
  await save('Half', 0, 'its-own');
  const html = await (await ada.get('/inbox/all/1')).text();

  expect(html).toMatch(/<textarea[^>]*>Half</);
  expect(html).toContain('name="key" value="its-own"');
  expect(html).toContain('name="revision" value="1"');
});
