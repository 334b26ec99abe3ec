import { afterEach, beforeEach, expect, test } from 'bun:test';
import { Elysia } from 'elysia';
import { unroutedChanges } from '#src/db/schema/control.ts';
import { journal } from '#src/db/schema/inbox/index.ts';
import { bakery, garage, openWebhookBench, sign, text, type WebhookBench, webhookBody } from './testing.ts';

let bench: WebhookBench;

beforeEach(async () => {
  bench = await openWebhookBench();
});
afterEach(() => bench.close());

const get = (query: string, path = '') =>
  bench.app.handle(new Request(`http://localhost/webhooks/whatsapp${path}?${query}`));
const handshake = (token: string, mode = 'subscribe') =>
  `hub.mode=${mode}&hub.challenge=1158201444&hub.verify_token=${token}`;

async function stored(): Promise<number> {
  await bench.settled();
  const rows = [bakery, garage].map(async (shop) => (await bench.inbox(shop)).sql.select().from(journal));
  const unrouted = await bench.storage.control.sql.select().from(unroutedChanges);
  return (await Promise.all(rows)).flat().length + unrouted.length;
}

test('the handshake answers the challenge to the verify token of the path’s app', async () => {
  const answer = await get(handshake('verify-11'), '/key-11');
  expect([answer.status, await answer.text()]).toEqual([200, '1158201444']);
  expect(answer.headers.get('content-type')).toStartWith('text/plain');
  expect((await get(handshake('verify-12'), '/key-11')).status).toBe(403);
  expect((await get(handshake('verify-11'), '/key-99')).status).toBe(403);
});

test('on the common path the token of any app will do', async () => {
  expect((await get(handshake('verify-11'))).status).toBe(200);
  expect((await get(handshake('verify-12'))).status).toBe(200);
  expect((await get(handshake('verify-13'))).status).toBe(403);
});

test.each([handshake(''), handshake('verify-11', 'unsubscribe'), 'hub.mode=subscribe', ''])(
  'no handshake without a token and its words: %p',
  async (query) => {
    expect((await get(query, '/key-11')).status).toBe(403);
  },
);

test.each(['', '/key-11'])('a signed webhook is taken on the path %p', async (path) => {
  const body = webhookBody(bakery, text('wamid.1', 'Hello'));
  const answer = await bench.post(body, bakery.secret, `/webhooks/whatsapp${path}`);
  expect(answer.status).toBe(200);
  expect(await stored()).toBe(1);
});

test('unsigned, wrongly signed and signed for another path: 401, and not a byte is stored', async () => {
  const body = webhookBody(bakery, text('wamid.1', 'Hello'));
  const unsigned = new Request('http://localhost/webhooks/whatsapp', { method: 'POST', body });
  expect((await bench.app.handle(unsigned)).status).toBe(401);
  expect((await bench.post(body, 'a-wrong-secret-0000')).status).toBe(401);
  expect((await bench.post(body, bakery.secret, '/webhooks/whatsapp/key-12')).status).toBe(401);
  expect((await bench.post(body, bakery.secret, '/webhooks/whatsapp/key-99')).status).toBe(401);
  expect(await stored()).toBe(0);
});

test.each(['', '{', 'nope', '{"entry":[}'])(
  'signed, but no JSON: %p is answered 400 and not stored',
  async (body) => {
    expect((await bench.post(body)).status).toBe(400);
    expect(await stored()).toBe(0);
  },
);

test.each([
  '{}',
  '[]',
  'null',
  '7',
  '{"entry":{}}',
  '{"object":"page","entry":[{"id":"1"}]}',
  '{"entry":[{"changes":[{}]}]}',
])('signed and odd, %p is answered 200 and breaks nothing', async (body) => {
  expect((await bench.post(body)).status).toBe(200);
  expect((await bench.post(webhookBody(bakery, text('wamid.1', 'Still here')))).status).toBe(200);
  await bench.settled();
  const rows = await (await bench.inbox(bakery)).sql.select().from(journal);
  expect(rows.map((row) => row.state)).toEqual(['done']);
});

test('a signed body of more changes than Meta ever sends is refused, and not stored', async () => {
  const changes = Array.from({ length: 10_001 }, (_, n) => ({ field: 'messages', value: { n } }));
  expect((await bench.post(JSON.stringify({ entry: [{ id: bakery.wabaId, changes }] }))).status).toBe(413);
  expect(await stored()).toBe(0);
});

test('the same webhook five times is one row', async () => {
  const body = webhookBody(bakery, text('wamid.1', 'Hello'));
  await Promise.all([1, 2, 3].map(() => bench.post(body)));
  await bench.post(body);
  await bench.settled();
  await bench.post(body);
  expect(await stored()).toBe(1);
});

test('one webhook for two businesses goes to each its own, and what nobody serves is kept under the app', async () => {
  const theirs = JSON.parse(webhookBody(garage, text('wamid.2', 'For the garage')));
  const mixed = JSON.parse(webhookBody(bakery, text('wamid.1', 'For the bakery')));
  mixed.entry.push(...theirs.entry);
  expect((await bench.post(JSON.stringify(mixed))).status).toBe(200);
  await bench.settled();
  expect(await (await bench.inbox(bakery)).sql.select().from(journal)).toHaveLength(1);
  expect(await (await bench.inbox(garage)).sql.select().from(journal)).toHaveLength(0);
  const unrouted = await bench.storage.control.sql.select().from(unroutedChanges);
  expect(unrouted).toMatchObject([{ appId: bakery.appId, phoneNumberId: garage.phoneNumberId }]);
  expect(Buffer.from(unrouted[0]?.raw ?? []).includes('garage')).toBe(false);
});

test('ids of 17 digits and more are journalled as they came', async () => {
  const body = webhookBody(bakery, text('wamid.1', 'Hello')).replace(
    '"messages":',
    '"big":12345678901234567,"messages":',
  );
  expect((await bench.post(body)).status).toBe(200);
  await bench.settled();
  const [row] = await (await bench.inbox(bakery)).sql.select().from(journal);
  expect(new TextDecoder().decode(row?.raw)).toContain('12345678901234567');
});

test('a signed body of more items than Meta could ever send is refused, and what a full one holds is taken', async () => {
  const full = (count: number) =>
    webhookBody(bakery, { messages: Array.from({ length: count }, () => ({})) });
  const refused = await bench.post(full(50_001));
  expect([refused.status, await refused.text()]).toEqual([413, 'The body holds more than 50000 items.']);
  expect(await stored()).toBe(0);
  expect((await bench.post(full(1_000))).status).toBe(200);
  expect(await stored()).toBe(1);
  await bench.settled();
});

test('over real HTTP a body above 4 MB is refused, declared or not, before it is stored', async () => {
  const server = new Elysia().use(bench.app).listen({ port: 0, hostname: '127.0.0.1' });
  const url = `http://127.0.0.1:${server.server?.port}/webhooks/whatsapp`;
  try {
    const large = JSON.stringify({ entry: [{ padding: 'x'.repeat(4 * 1024 * 1024) }] });
    const headers = { 'x-hub-signature-256': sign(large, bakery.secret) };
    expect((await fetch(url, { method: 'POST', body: large, headers })).status).toBe(413);
    const chunked = new Response(large).body?.pipeThrough(new TransformStream());
    expect((await fetch(url, { method: 'POST', body: chunked ?? null, headers })).status).toBe(413);

    const body = webhookBody(bakery, text('wamid.1', 'Hello'));
    const fits = { method: 'POST', headers: { 'x-hub-signature-256': sign(body, bakery.secret) } };
    const stream = new Response(body).body?.pipeThrough(new TransformStream());
    expect((await fetch(url, { ...fits, body: stream ?? null })).status).toBe(200);
    expect(await stored()).toBe(1);
  } finally {
    await server.stop(true);
  }
});
