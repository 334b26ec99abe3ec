import { afterAll, beforeAll, expect, test } from 'bun:test';
import { eq } from 'drizzle-orm';
import { HOUR, NUMBER, seedConversation, seedMessage } from '#src/conversations/testing.ts';
import { type ServedShop, serveShop } from '#src/conversations/testing-server.ts';
import { accounts, apiKeys } from '#src/db/schema/control.ts';
import { attachments, audit, files, messages, outbox } from '#src/db/schema/inbox/index.ts';
import { apiKeyCreate } from './commands.ts';
import { api } from './routes.ts';

const REFUND = 7;

let shop: ServedShop;
let key: string;
let noon: number;

beforeAll(async () => {
  shop = await serveShop((services) => [api(services)]);
  noon = shop.clock.now;
  ({ key } = await newKey('Till'));
  const { inbox } = shop;
  const open = { windowExpiresAt: noon + HOUR, waitingSince: noon, assigneeId: shop.adaId };
  await inbox.write('normal', [
    ...seedConversation(inbox, REFUND, { ...open, lastArrivedAt: noon - 1000 }),
    ...seedConversation(inbox, 8, { lastArrivedAt: noon }),
    ...seedConversation(inbox, 9, { state: 'closed', lastArrivedAt: noon - 2000 }),
    seedMessage(inbox, {
      id: 701,
      conversationId: REFUND,
      orderedAt: noon,
      type: 'image',
      text: 'The receipt',
      content: '{"kind":"media","media":"image","mime":"image/jpeg","forwarded":"once"}',
    }),
    inbox.sql.insert(files).values([
      { id: 31, mime: 'image/jpeg', state: 'waiting', bytes: 999, duration: 6_130 },
      { id: 32, mime: 'image/jpeg', name: 'receipt.png', sniffed: 'image/png', state: 'stored', bytes: 512 },
    ]),
    inbox.sql.insert(attachments).values([
      { messageId: 701, position: 1, fileId: 31 },
      { messageId: 701, position: 0, fileId: 32 },
    ]),
    seedMessage(inbox, {
      id: 702,
      conversationId: REFUND,
      orderedAt: noon,
      direction: 'note',
      authorKind: 'person',
    }),
  ]);
});
afterAll(() => shop.close());

const newKey = (name: string, accountId = shop.accountId, scopes?: string) =>
  apiKeyCreate(shop.services, {
    options: { account: String(accountId), name, ...(scopes ? { scopes } : {}) },
    stdin: null,
  });

function call(path: string, init: RequestInit = {}, bearer = key): Promise<Response> {
  const headers = { authorization: `Bearer ${bearer}`, ...init.headers };
  return fetch(`${shop.url}/api/v1${path}`, { ...init, headers });
}

function send(body: unknown, idempotencyKey: string | null, id = REFUND): Promise<Response> {
  const headers = {
    'content-type': 'application/json',
    ...(idempotencyKey === null ? {} : { 'idempotency-key': idempotencyKey }),
  };
  return call(`/conversations/${id}/messages`, { method: 'POST', body: JSON.stringify(body), headers });
}

/** What the API says of what a customer wrote, when nothing goes with it. */
const customer = {
  author: { kind: 'customer', id: null, name: 'Customer 7' },
  quoted: null,
  marks: [],
  group_id: null,
  referral: null,
  product: null,
  reactions: [],
};

const textOf = (body: string) => ({ type: 'text', text: { body } });
const iso = (at: number) => new Date(at).toISOString();

async function problem(
  response: Response,
): Promise<{ status: number; type: string; errors?: { field: string; detail: string }[] }> {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const body = await response.json();
  expect(body.status).toBe(response.status);
  return body;
}

test('conversations come newest first, as documented to the letter', async () => {
  const response = await call('/conversations');
  expect(response.headers.get('content-type')).toStartWith('application/json');
  const { data, next } = await response.json();
  expect(data.map(({ id }: { id: number }) => id)).toEqual([8, 7, 9]);
  expect(next).toBeNull();
  expect(data[1]).toEqual({
    id: REFUND,
    number_id: NUMBER,
    contact: { id: 7, name: 'Customer 7', phone: '+263770000007', bsuid: null, username: null },
    state: 'open',
    assignee_id: shop.adaId,
    unanswered: true,
    window_expires_at: iso(noon + HOUR),
    last_message_at: iso(noon - 1000),
  });
});

test('conversations are filtered by state and assignee, and paged by a cursor', async () => {
  const ids = async (query: string) => {
    const { data } = await (await call(`/conversations?${query}`)).json();
    return data.map(({ id }: { id: number }) => id);
  };
  expect(await ids('state=closed')).toEqual([9]);
  expect(await ids(`assignee=${shop.adaId}`)).toEqual([7]);
  expect(await ids('assignee=none&state=open')).toEqual([8]);
  expect(await ids('state=&assignee=&cursor=&limit=')).toEqual([8, 7, 9]);
  const first = await (await call('/conversations?limit=2')).json();
  expect(first.data).toHaveLength(2);
  expect(await ids(`limit=2&cursor=${first.next}`)).toEqual([9]);
});

test('a value that is none of a parameter’s is refused by its name', async () => {
  const refused = {
    'state=resolved': 'state',
    'assignee=me': 'assignee',
    'limit=0': 'limit',
    'limit=101': 'limit',
    'limit=ten': 'limit',
    'cursor=made-up': 'cursor',
  };
  for (const [query, field] of Object.entries(refused)) {
    const { status, type, errors } = await problem(await call(`/conversations?${query}`));
    expect([status, type, errors?.[0]?.field]).toEqual([422, 'invalid', field]);
  }
});

test('messages come newest first, with their attachments and without notes', async () => {
  const { data, next } = await (await call(`/conversations/${REFUND}/messages`)).json();
  expect(next).toBeNull();
  expect(data).toEqual([
    {
      id: 701,
      wamid: 'wamid.701',
      direction: 'in',
      type: 'image',
      text: 'The receipt',
      content: { kind: 'image', mime_type: 'image/jpeg', caption: 'The receipt' },
      ...customer,
      marks: ['forwarded'],
      attachments: [
        {
          id: 32,
          mime_type: 'image/png',
          size: 512,
          url: '/api/v1/media/32',
          name: 'receipt.png',
          duration_seconds: null,
        },
        { id: 31, mime_type: 'image/jpeg', size: null, url: null, name: null, duration_seconds: 6.13 },
      ],
      status: 'received',
      error: null,
      pricing: null,
      sent_at: iso(noon),
      arrived_at: iso(noon),
    },
    {
      id: 700,
      wamid: 'wamid.700',
      direction: 'in',
      type: 'text',
      text: 'Hello from 7',
      content: { kind: 'text', body: 'Hello from 7' },
      ...customer,
      attachments: [],
      status: 'received',
      error: null,
      pricing: null,
      sent_at: iso(noon - 1000),
      arrived_at: iso(noon - 1000),
    },
  ]);
  const first = await (await call(`/conversations/${REFUND}/messages?limit=1`)).json();
  const second = await (await call(`/conversations/${REFUND}/messages?limit=1&before=${first.next}`)).json();
  expect([first.data[0].id, second.data[0].id, second.next]).toEqual([701, 700, null]);
  const asConversations = await call(`/conversations/${REFUND}/messages?limit=1&cursor=${first.next}`);
  expect((await problem(asConversations)).errors).toEqual([
    { field: 'cursor', detail: expect.stringContaining('`before`') },
  ]);
});

test('a message is accepted once, however often it is sent with the same key', async () => {
  const first = await send(textOf('We are on our way'), 'order-1');
  expect(first.status).toBe(202);
  const message = await first.json();
  expect(message).toEqual({
    id: message.id,
    wamid: null,
    direction: 'out',
    type: 'text',
    text: 'We are on our way',
    content: { kind: 'text', body: 'We are on our way' },
    ...customer,
    author: { kind: 'api', id: expect.any(Number), name: null },
    attachments: [],
    status: 'queued',
    error: null,
    pricing: null,
    sent_at: iso(noon),
    arrived_at: iso(noon),
  });
  const again = await send(textOf('We are on our way'), 'order-1');
  expect([again.status, await again.json()]).toEqual([202, message]);
  expect(await shop.inbox.sql.select().from(outbox)).toHaveLength(1);
  expect(shop.poked).toEqual([shop.accountId]);
  const other = await problem(await send(textOf('We are not coming'), 'order-1'));
  expect([other.status, other.type]).toEqual([422, 'idempotency-mismatch']);
});

test('two keys with the same idempotency key are two messages', async () => {
  const second = (await newKey('Website')).key;
  const headers = { 'content-type': 'application/json', 'idempotency-key': 'order-1' };
  const body = JSON.stringify(textOf('From the website'));
  const response = await call(`/conversations/${REFUND}/messages`, { method: 'POST', body, headers }, second);
  expect(response.status).toBe(202);
  expect((await response.json()).text).toBe('From the website');
});

test('a closed window is said by its name, and nothing is written', async () => {
  const before = await shop.inbox.sql.select().from(messages);
  const { status, type } = await problem(await send(textOf('Too late'), 'late-1', 8));
  expect([status, type]).toEqual([422, 'window-closed']);
  expect(await shop.inbox.sql.select().from(messages)).toHaveLength(before.length);
});

test('a body or a key that does not fit is refused before anything happens', async () => {
  const bodies = [{ type: 'image' }, { type: 'text' }, { type: 'text', text: { body: 7 } }, [], 'text', null];
  for (const body of bodies) {
    expect((await problem(await send(body, 'bad-body'))).status).toBe(422);
  }
  expect((await problem(await send(textOf('   '), 'bad-body'))).status).toBe(422);
  for (const idempotencyKey of [null, '', 'x'.repeat(129), 'naïve']) {
    const { status, errors } = await problem(await send(textOf('Hello'), idempotencyKey));
    expect([status, errors?.[0]?.field]).toEqual([422, 'Idempotency-Key']);
  }
  const headers = { 'content-type': 'application/json', 'idempotency-key': 'x' };
  const malformed = await call(`/conversations/${REFUND}/messages`, { method: 'POST', body: '{', headers });
  expect((await problem(malformed)).status).toBe(400);
});

test('hostile text is taken as text', async () => {
  const response = await send(textOf('<b>\u0000\ud800 &amp; \u202e</b>'), 'hostile-1');
  expect((await response.json()).text).toBe('<b>\ufffd &amp; \u202e</b>');
});

test('without a good key nothing is told apart', async () => {
  const paths = ['/conversations', `/conversations/${REFUND}/messages`, '/media/32', '/media/404404'];
  const bad = ['', 'oono_', `oono_${'x'.repeat(43)}`, key.slice(0, -1), `${key}x`];
  for (const path of paths) {
    for (const bearer of bad) {
      const response = await call(path, {}, bearer);
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
      expect((await problem(response)).type).toBe('unauthorized');
    }
    expect((await fetch(`${shop.url}/api/v1${path}`)).status).toBe(401);
    expect(
      (await fetch(`${shop.url}/api/v1${path}`, { headers: { authorization: `Basic ${key}` } })).status,
    ).toBe(401);
  }
});

test('another account’s key sees nothing of this one', async () => {
  const { accountId } = await shop.openOther();
  const theirs = (await newKey('Theirs', accountId)).key;
  expect(await (await call('/conversations', {}, theirs)).json()).toEqual({ data: [], next: null });
  for (const path of [`/conversations/${REFUND}/messages`, '/media/32']) {
    expect((await problem(await call(path, {}, theirs))).status).toBe(404);
  }
});

test('an id that leads nowhere, or is none, is a 404', async () => {
  for (const id of ['404404', 'abc', '-1', '0', '1.5', '99999999999999999999']) {
    expect((await problem(await call(`/conversations/${id}/messages`))).status).toBe(404);
    expect((await problem(await call(`/media/${id}`))).status).toBe(404);
  }
});

test('a file that was not fetched is said to be so', async () => {
  expect(await problem(await call('/media/31'))).toMatchObject({ status: 404, type: 'media-not-stored' });
});

test('a key may do what its scopes say', async () => {
  const reader = (await newKey('Reports', shop.accountId, 'conversations.read')).key;
  expect((await call('/conversations', {}, reader)).status).toBe(200);
  const headers = { 'content-type': 'application/json', 'idempotency-key': 'scoped' };
  const body = JSON.stringify(textOf('May I?'));
  const path = `/conversations/${REFUND}/messages`;
  expect((await call(path, { method: 'POST', body, headers }, reader)).status).toBe(403);
  const sender = (await newKey('Sender', shop.accountId, 'messages.send')).key;
  expect((await call(path, {}, sender)).status).toBe(403);
  expect((await call(path, { method: 'POST', body, headers }, sender)).status).toBe(202);
});

test('a key is kept as a hash, noted in the audit, and ends when it is revoked or its account does', async () => {
  const { key: secret } = await newKey('Short-lived');
  const rows = await shop.services.control.sql.select().from(apiKeys);
  expect(JSON.stringify(rows)).not.toContain(secret.slice(5));
  const [noted] = (await shop.inbox.sql.select().from(audit)).toReversed();
  expect(noted).toMatchObject({ action: 'api_key.created', actorKind: 'command' });
  expect(JSON.stringify(noted)).not.toContain(secret.slice(5));

  const { control } = shop.services;
  const setState = (state: 'active' | 'closed') =>
    control.write('full', [
      control.sql.update(accounts).set({ state }).where(eq(accounts.id, shop.accountId)),
    ]);
  await setState('closed');
  expect((await call('/conversations', {}, secret)).status).toBe(401);
  await setState('active');
  expect((await call('/conversations', {}, secret)).status).toBe(200);
  await control.write('full', [control.sql.update(apiKeys).set({ revokedAt: noon })]);
  expect((await call('/conversations', {}, secret)).status).toBe(401);
  await control.write('full', [control.sql.update(apiKeys).set({ revokedAt: null })]);
});

test('the 301st request of a second is asked to wait, and another key is not', async () => {
  const greedy = (await newKey('Greedy')).key;
  for (let n = 0; n < 300; n += 1) {
    expect((await call('/conversations?limit=1', {}, greedy)).status).toBe(200);
  }
  const refused = await call('/conversations', {}, greedy);
  expect(refused.headers.get('retry-after')).toBe('1');
  expect(await problem(refused)).toMatchObject({ status: 429, type: 'too-many-requests' });
  expect((await call('/conversations')).status).toBe(200);
  shop.clock.now += 1000;
  expect((await call('/conversations', {}, greedy)).status).toBe(200);
});
