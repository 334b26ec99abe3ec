import { afterAll, beforeAll, expect, test } from 'bun:test';
import { connect } from 'node:net';
import { Elysia, status, t } from 'elysia';
import { type Config, readConfig } from '#src/config.ts';
import {
  AccountUnavailable,
  Forbidden,
  Invalid,
  NotFound,
  Problem,
  StorageFull,
  Unauthorized,
} from '#src/errors.ts';
import { createCounts } from '#src/ops/counts.ts';
import { expectErrorInLog, loggedLines, openTestLog } from '#src/testing/log.ts';
import { edge } from './edge.ts';
import { securityHeaders } from './headers.ts';

const CANARY = 'canary-4711';

/** Every way a response can come about, under the edge. */
function open(url: string | null) {
  const config: Config = { ...readConfig({}), url };
  const fail = (error: Error) => () => {
    throw error;
  };
  const failures = (prefix: string) =>
    new Elysia({ prefix })
      .get('/missing', fail(new NotFound(CANARY)))
      .get('/forbidden', fail(new Forbidden(CANARY)))
      .get('/stranger', fail(new Unauthorized(CANARY)))
      .get('/full', fail(new StorageFull(CANARY)))
      .get('/unavailable', fail(new AccountUnavailable(1, new Error(CANARY))))
      .get('/broken', fail(new Error(CANARY)))
      .post('/broken-form', fail(new Error(CANARY)))
      .get('/refused', fail(new Problem(422, 'window-closed', 'Too late', 'Send a template.')))
      .get('/invalid', fail(new Invalid({ email: 'Give an address.' })))
      .get('/status', () => status(418, 'tea'))
      .get('/thrown-status', () => {
        throw status(409, CANARY);
      });
  const app = new Elysia()
    .use(edge({ config, log: openTestLog(), counts: createCounts() }))
    .get('/text', () => 'text')
    .get('/object', () => ({ a: 1 }))
    .get('/constant', new Response('constant'))
    .get(
      '/asset',
      () => new Response('asset', { headers: { 'cache-control': 'public, max-age=31536000, immutable' } }),
    )
    .get('/elsewhere', () => Response.redirect('/text', 303))
    .get('/id/:id', ({ params }) => params.id, { params: t.Object({ id: t.Integer() }) })
    .post('/form', ({ body }) => body, { body: t.Object({ name: t.String(), age: t.Numeric() }) })
    .ws('/refused-socket', { beforeHandle: [() => status(403, 'no')], message() {} })
    .ws('/failing-socket', { beforeHandle: [fail(new Unauthorized(CANARY))], message() {} })
    .use(failures('/pages'))
    .use(failures('/api/v1'))
    .listen({ port: 0, hostname: '127.0.0.1' });
  return { app, url: `http://127.0.0.1:${app.server?.port}` };
}

const plain = open(null);
const secure = open('https://inbox.example');

beforeAll(() => expect(plain.app.server).not.toBeNull());
afterAll(async () => {
  await plain.app.stop(true);
  await secure.app.stop(true);
});

const ask = (path: string, init: RequestInit = {}, { url } = plain) =>
  fetch(url + path, { redirect: 'manual', ...init });
const own = { 'sec-fetch-site': 'same-origin' };
const json = { ...own, 'content-type': 'application/json' };
const htmx = { 'hx-request': 'true' };
const upgrade = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  'sec-websocket-version': '13',
};

/** As a browser sends it with files; what names a place in a list would become a list up to there. */
function formOf(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    form.set(name, value);
  }
  return form;
}

/** A body that could be taken, with lists inside one another: to say what is wrong with it would take their square. */
const within = (depth: number) => `{"name":"Ada","age":36,"x":${'['.repeat(depth)}${']'.repeat(depth)}}`;

const everyKind: [path: string, init: RequestInit, status: number][] = [
  ['/text', {}, 200],
  ['/text', { method: 'HEAD' }, 200],
  ['/object', {}, 200],
  ['/constant', {}, 200],
  ['/asset', {}, 200],
  ['/elsewhere', {}, 303],
  ['/id/7', {}, 200],
  ['/id/seven', {}, 404],
  ['/nowhere', {}, 404],
  ['/nowhere', { headers: htmx }, 404],
  ['/%zz', {}, 404],
  ['//nowhere', {}, 404],
  ['/text', { method: 'OPTIONS' }, 404],
  ['/text', { method: 'DELETE' }, 403],
  ['/form', { method: 'POST', headers: own, body: new URLSearchParams({ name: 'Ada', age: '36' }) }, 200],
  ['/form', { method: 'POST', headers: own, body: new URLSearchParams({ name: 'Ada' }) }, 422],
  ['/form', { method: 'POST', headers: json, body: '{' }, 400],
  ['/form', { method: 'POST', headers: json, body: '{"name":{"toString":1},"age":36}' }, 422],
  ['/form', { method: 'POST', headers: json, body: '{"name":"Ada","age":36,"x":[{"__proto__":{}}]}' }, 422],
  ['/form', { method: 'POST', headers: own, body: formOf({ name: 'Ada', age: '36', 'x.y': '1' }) }, 200],
  ['/form', { method: 'POST', headers: own, body: formOf({ name: 'Ada', age: '36', 'x[5]': '1' }) }, 400],
  ['/form', { method: 'POST', headers: own, body: formOf({ 'name[9].x': 'Ada', age: '36' }) }, 400],
  ['/form', { method: 'POST', headers: json, body: within(30) }, 200],
  ['/form', { method: 'POST', headers: json, body: within(33) }, 422],
  ['/form', { method: 'POST', headers: json, body: `${'['.repeat(1_000)}${']'.repeat(1_000)}` }, 422],
  ['/form', { method: 'POST', body: new URLSearchParams({ name: 'Ada', age: '36' }) }, 403],
  ['/form', { method: 'POST', headers: own, body: 'x'.repeat(1024 * 1024 + 1) }, 413],
  ['/refused-socket', { headers: upgrade }, 403],
  ['/failing-socket', { headers: upgrade }, 303],
  ['/pages/missing', {}, 404],
  ['/pages/forbidden', {}, 403],
  ['/pages/stranger', {}, 303],
  ['/pages/stranger', { headers: htmx }, 401],
  ['/pages/full', {}, 503],
  ['/pages/unavailable', {}, 503],
  ['/pages/broken', {}, 500],
  ['/pages/broken', { headers: htmx }, 500],
  ['/pages/refused', {}, 422],
  ['/pages/invalid', {}, 422],
  ['/pages/status', {}, 418],
  ['/pages/thrown-status', {}, 409],
  ['/api/v1/missing', {}, 404],
  ['/api/v1/nowhere', {}, 404],
  ['/api/v1/stranger', {}, 401],
  ['/api/v1/full', {}, 503],
  ['/api/v1/broken', {}, 500],
  ['/api/v1/refused', {}, 422],
];

test.each(everyKind)(
  '%s %j answers %i with every security header, over http and https',
  async (path, init, wanted) => {
    expectErrorInLog(/a request failed/);
    for (const [server, url] of [
      [plain, null],
      [secure, 'https://inbox.example'],
    ] as const) {
      const response = await ask(path, init, server);
      expect(response.status).toBe(wanted);
      const { 'cache-control': _, ...always } = securityHeaders({ url });
      expect(
        Object.fromEntries(Object.keys(always).map((name) => [name, response.headers.get(name)])),
      ).toEqual(always);
      expect(response.headers.get('x-request-id')).toMatch(/^[\w-]{12}$/);
      expect(response.headers.get('cache-control')).toMatch(path === '/asset' ? /immutable/ : /no-store/);
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
      expect(response.headers.get('strict-transport-security') !== null).toBe(url !== null);
      expect(await response.text()).not.toContain(CANARY);
    }
  },
);

test('a body whose length nobody announces is read as any other, and counted as it comes', async () => {
  const chunked = (text: string, type: string) =>
    ask('/form', {
      method: 'POST',
      headers: { ...own, 'content-type': type },
      body: new Blob([text]).stream(),
    });
  const wanted = { name: 'Ada', age: 36 };
  const form = await chunked('name=Ada&age=36', 'application/x-www-form-urlencoded');
  expect(await form.json()).toEqual(wanted);
  expect(await (await chunked('{"name":"Ada","age":36}', 'application/json')).json()).toEqual(wanted);
  expect((await chunked('x'.repeat(1024 * 1024 + 1), 'text/plain')).status).toBe(413);
  const list = new Response(formOf({ ...wanted, age: '36', 'x[5]': '1' }));
  const type = list.headers.get('content-type') ?? '';
  expect((await chunked(await list.text(), type)).status).toBe(400);
});

test('the policy allows nothing inline and nothing from elsewhere', async () => {
  const policy = (await ask('/text')).headers.get('content-security-policy') ?? '';
  expect(policy).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  );
});

test('no two requests have the same id', async () => {
  const ids = await Promise.all(
    Array.from({ length: 20 }, async () => (await ask('/text')).headers.get('x-request-id')),
  );
  expect(new Set(ids).size).toBe(20);
});

test('programs get a problem document', async () => {
  const response = await ask('/api/v1/refused');
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(await response.json()).toEqual({
    type: 'window-closed',
    title: 'Too late',
    status: 422,
    detail: 'Send a template.',
    request_id: response.headers.get('x-request-id'),
  });
  const invalid = await (await ask('/api/v1/invalid')).json();
  expect(invalid.errors).toEqual([{ field: 'email', detail: 'Give an address.' }]);
  expect((await ask('/api/v1/stranger')).headers.get('www-authenticate')).toBe('Bearer');
  expect((await ask('/api/v1/full')).headers.get('retry-after')).toBe('30');
});

test('people get a page, or a part of one, and the id that finds the error in the log', async () => {
  expectErrorInLog(/a request failed/);
  const response = await ask('/pages/broken');
  const id = response.headers.get('x-request-id') ?? 'none';
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  const text = await response.text();
  expect(text).toStartWith('<!doctype html>');
  expect(text).toContain(id);
  expect(loggedLines().find((line) => line.includes('a request failed'))).toContain(id);
  const part = await (await ask('/pages/broken', { headers: htmx })).text();
  expect(part).toStartWith('<hx-partial');
  // The page can be asked for again, the address of a form leads nowhere.
  expect(text).toContain('href="?"');
  const form = await (await ask('/pages/broken-form', { method: 'POST', headers: own })).text();
  expect(form).toContain('Something broke');
  expect(form).not.toContain('href="?"');
});

test('somebody who is not signed in is led to the sign-in page and back', async () => {
  const response = await ask('/pages/stranger?x=1');
  expect(response.headers.get('location')).toBe('/login?next=%2Fpages%2Fstranger%3Fx%3D1');
});

test('a form from another site is refused, also when htmx would have sent it', async () => {
  const body = new URLSearchParams({ name: 'Ada', age: '36' });
  for (const headers of [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site', origin: 'https://other.inbox.example' },
    { ...htmx, 'sec-fetch-site': 'cross-site' },
    { ...htmx, origin: 'https://evil.example' },
    { 'content-type': 'text/plain' },
  ]) {
    expect((await ask('/form', { method: 'POST', headers, body }, secure)).status).toBe(403);
  }
  const ours = { ...htmx, origin: 'https://inbox.example' };
  expect((await ask('/form', { method: 'POST', headers: ours, body }, secure)).status).toBe(200);
});

/** What a server answers to bytes that no well-behaved client would send. */
function sendRaw(head: string): Promise<string> {
  const answer = Promise.withResolvers<string>();
  let text = '';
  const socket = connect(plain.app.server?.port ?? 0, '127.0.0.1');
  socket.on('data', (data) => {
    text += data;
    // The headers are all that is looked at, and the socket may be kept open after them.
    if (text.includes('\r\n\r\n')) {
      socket.destroy();
    }
  });
  socket.on('error', answer.reject);
  socket.on('close', () => answer.resolve(text));
  socket.write(`${head}\r\n\r\n`);
  return answer.promise;
}

test.each([
  ['GET /text HTTP/1.0', 200],
  ['GET /nowhere HTTP/1.0', 404],
  ['GET /pages/stranger HTTP/1.0', 303],
  ['POST /text HTTP/1.0\r\nContent-Length: 0', 403],
  ['GET /text HTTP/1.1\r\nHost: a b', 200],
  ['GET /text HTTP/1.1\r\nHost: [::', 200],
  ['GET /text HTTP/1.1\r\nHost: x:99999999', 200],
  ['GET http://evil.example/text HTTP/1.1\r\nHost: a.example', 200],
  ['POST /api/../form HTTP/1.1\r\nHost: a.example\r\nContent-Length: 0', 403],
  ['POST /webhooks/%2e%2e/form HTTP/1.1\r\nHost: a.example\r\nContent-Length: 0', 403],
  ['POST //api/v1/nowhere HTTP/1.1\r\nHost: a.example\r\nContent-Length: 0', 403],
])('a strange host or path gets past nothing: %j', async (head, wanted) => {
  const answer = await sendRaw(head);
  expect(answer).toStartWith(`HTTP/1.1 ${wanted} `);
  expect(answer.toLowerCase()).toContain("content-security-policy: default-src 'none'");
  expect(answer.toLowerCase()).toContain('x-request-id: ');
});
