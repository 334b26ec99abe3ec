import { afterAll, beforeAll, expect, test } from 'bun:test';
import { HOUR, seedConversation } from '#src/conversations/testing.ts';
import { type ServedShop, serveShop } from '#src/conversations/testing-server.ts';
import { asFragment, type Client } from '#src/testing/client.ts';
import { live } from './routes.ts';

const REFUND = 7;

let shop: ServedShop;
let ada: Client;

beforeAll(async () => {
  shop = await serveShop((services) => [live(services)]);
  await shop.inbox.write('normal', seedConversation(shop.inbox, REFUND));
  ada = await shop.as(shop.adaId);
});
afterAll(() => shop.close());

const ask = (client: Client, etag?: string) =>
  client.get('/live/position', { ...asFragment, ...(etag ? { 'if-none-match': etag } : {}) });

test('a page without a socket asks with what it has seen, and is told only whether there is more', async () => {
  const first = await ask(ada, '"another-1"');
  const etag = first.headers.get('etag') ?? '';
  expect(first.status).toBe(204);
  expect(etag).toBe(`"${shop.services.live.position(shop.accountId)}"`);
  expect((await ask(ada, etag)).status).toBe(304);
  await shop.services.live.publish(shop.inbox, [{ conversationId: REFUND }]);
  const later = await ask(ada, etag);
  expect(later.status).toBe(204);
  expect(later.headers.get('etag')).not.toBe(etag);
});

test('nobody is told without a session, and another account has a position of its own', async () => {
  expect((await ask(shop.anonymous)).status).toBe(401);
  const stranger = await ask(await shop.asStranger());
  expect(stranger.headers.get('etag')).toMatch(/-0"$/);
});

test('asking keeps no session alive', async () => {
  const unattended = await shop.as(shop.boId);
  for (let hour = 0; hour < 13; hour += 1) {
    expect((await ask(unattended)).status).toBe(hour < 12 ? 204 : 401);
    shop.clock.now += HOUR;
  }
});
