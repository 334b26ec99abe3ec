import { afterAll, beforeAll, expect, test } from 'bun:test';
import { HOUR, seedConversation } from '#src/conversations/testing.ts';
import { type ServedShop, serveShop } from '#src/conversations/testing-server.ts';
import { reactions } from '#src/db/schema/inbox/index.ts';
import { apiKeyCreate } from './commands.ts';
import { api } from './routes.ts';
import { apiScopes, type Scope } from './scopes.ts';

type Endpoint = { needs: Scope; at: string; body?: object; answers: number };

/** Every endpoint of the API, and what a key needs for it. */
const endpoints: Record<string, Endpoint> = {
  'GET /api/v1/conversations': { needs: 'conversations.read', at: '/api/v1/conversations', answers: 200 },
  'GET /api/v1/conversations/:id/messages': {
    needs: 'conversations.read',
    at: '/api/v1/conversations/7/messages',
    answers: 200,
  },
  'POST /api/v1/conversations/:id/messages': {
    needs: 'messages.send',
    at: '/api/v1/conversations/7/messages',
    body: { type: 'text', text: { body: 'Hello' } },
    answers: 202,
  },
  // There is no such message.
  'PUT /api/v1/messages/:id/reaction': {
    needs: 'messages.send',
    at: '/api/v1/messages/1/reaction',
    body: { emoji: '👍' },
    answers: 404,
  },
  'DELETE /api/v1/messages/:id/reaction': {
    needs: 'messages.send',
    at: '/api/v1/messages/1/reaction',
    answers: 404,
  },
  'GET /api/v1/search': { needs: 'conversations.read', at: '/api/v1/search?q=cement', answers: 200 },
  // It is empty.
  'POST /api/v1/media': { needs: 'messages.send', at: '/api/v1/media', answers: 422 },
  // There is no such file.
  'GET /api/v1/media/:id': { needs: 'conversations.read', at: '/api/v1/media/1', answers: 404 },
};

let shop: ServedShop;
const keys = new Map<Scope, string>();

beforeAll(async () => {
  shop = await serveShop((services) => [api(services)]);
  const { inbox, clock } = shop;
  await inbox.write('normal', seedConversation(inbox, 7, { windowExpiresAt: clock.now + HOUR }));
  for (const scope of apiScopes) {
    const options = { account: String(shop.accountId), name: scope, scopes: scope };
    keys.set(scope, (await apiKeyCreate(shop.services, { options, stdin: null })).key);
  }
});
afterAll(() => shop.close());

test('every endpoint is in the table, and nothing else is', () => {
  const served = api(shop.services).routes.map(({ method, path }) => `${method} ${path}`);
  expect(served.sort()).toEqual(Object.keys(endpoints).sort());
});

for (const [name, { needs, at, body, answers }] of Object.entries(endpoints)) {
  for (const scope of apiScopes) {
    test(`${name} ${scope === needs ? 'is open to' : 'is closed to'} a key with ${scope} alone`, async () => {
      const answer = await fetch(shop.url + at, {
        method: name.split(' ')[0] ?? '',
        headers: {
          authorization: `Bearer ${keys.get(scope)}`,
          ...(body ? { 'content-type': 'application/json', 'idempotency-key': `${scope} ${name}` } : {}),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      expect(answer.status).toBe(scope === needs ? answers : 403);
    });
  }
}

test('a key that only sends learns of its message nothing that others did, however often it repeats it', async () => {
  const path = `${shop.url}/api/v1/conversations/7/messages`;
  const ask = async (scope: Scope, init: RequestInit = {}) => {
    const headers = { authorization: `Bearer ${keys.get(scope)}`, ...init.headers };
    return (await fetch(path, { ...init, headers })).json();
  };
  const send = () =>
    ask('messages.send', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'blind' },
      body: JSON.stringify({ type: 'text', text: { body: 'This one?' }, reply_to: 700 }),
    });
  const { id } = await send();
  const reaction = { messageId: id, id: 7_001, emoji: '👍', at: shop.clock.now, status: 'received' } as const;
  await shop.inbox.write('normal', [
    shop.inbox.sql.insert(reactions).values({ ...reaction, side: 'in', by: 7 }),
  ]);
  expect(await send()).toMatchObject({ id, quoted: { id: 700, wamid: null }, reactions: [] });
  const { data } = await ask('conversations.read');
  expect(data.find((one: { id: number }) => one.id === id)).toMatchObject({
    quoted: { id: 700, wamid: 'wamid.700' },
    reactions: [{ emoji: '👍', by: { id: 7, name: 'Customer 7' } }],
  });
});
