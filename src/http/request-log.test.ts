import { afterAll, beforeEach, expect, test } from 'bun:test';
import { Elysia, status, t } from 'elysia';
import { readConfig } from '#src/config.ts';
import { NotFound } from '#src/errors.ts';
import { type Counts, createCounts } from '#src/ops/counts.ts';
import { expectErrorInLog, loggedLines, openTestLog } from '#src/testing/log.ts';
import { until } from '#src/testing/until.ts';
import { edge } from './edge.ts';
import { beginRequest, endRequest, forgiveWait } from './request-log.ts';

const CANARY = 'canary-4711';
let counts: Counts;
let server: ReturnType<typeof serve>;

function serve(level: string) {
  const log = openTestLog(level);
  const app = new Elysia()
    .use(edge({ config: readConfig({}), log, counts }))
    .get('/things/:id', ({ params }) => params.id)
    .get('/text/:id', () => new Response('made', { status: 201 }))
    .get('/number/:id', ({ params }) => params.id, { params: t.Object({ id: t.Integer() }) })
    .get('/tea/:id', () => status(418, 'tea'))
    .get('/broken/:id', () => {
      throw new Error('for the test');
    })
    .get('/missing/:id', () => {
      throw new NotFound('for the test');
    })
    .ws('/socket', {
      open(socket) {
        socket.close();
      },
      message() {},
    })
    .listen({ hostname: '127.0.0.1', port: 0 });
  return { app, url: `http://127.0.0.1:${app.server?.port}` };
}

beforeEach(async () => {
  await server?.app.stop(true);
  counts = createCounts();
  server = serve('debug');
});
afterAll(() => server.app.stop(true));

const ask = (path: string) => fetch(`${server.url}${path}?secret=${CANARY}`).then((answer) => answer.text());

/** By the pattern: how often each class of status was answered. */
const counted = () =>
  Object.fromEntries(
    [...counts.requests].map(([name, { classes }]) => [name, Object.fromEntries(classes)] as const),
  );

test('every answer is counted by its pattern and class, however it came about', async () => {
  expectErrorInLog(/a request failed/);
  const paths = ['things', 'text', 'number', 'tea', 'broken', 'missing', 'nowhere'];
  for (const path of paths) {
    await ask(`/${path}/${CANARY}`);
  }
  await ask(`/things/${CANARY}`);
  const expected = {
    'GET /things/:id': { 2: 2 },
    'GET /text/:id': { 2: 1 },
    'GET /number/:id': { 4: 1 },
    'GET /tea/:id': { 4: 1 },
    'GET /broken/:id': { 5: 1 },
    'GET /missing/:id': { 4: 1 },
    'any none': { 4: 1 },
  };
  await until('all are counted', async () => counts.requests.get('GET /things/:id')?.classes.get(2) === 2);
  expect(counted()).toEqual(expected);
});

test('a socket is counted as one', async () => {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/socket`);
  await new Promise((resolve) => socket.addEventListener('close', resolve));
  await until('it is counted', async () => counts.requests.size > 0);
  expect(counted()).toEqual({ 'GET /socket': { 1: 1 } });
});

test('addresses that lead nowhere make no names of their own', async () => {
  for (let each = 0; each < 50; each += 1) {
    await ask(`/${each}/${CANARY}`);
  }
  await until('all are counted', async () => counts.requests.get('any none')?.classes.get(4) === 50);
  expect(counts.requests.size).toBe(1);
});

test('at the level debug each request has a line with its id and pattern, and nothing that was in its address', async () => {
  const answer = await fetch(`${server.url}/things/${CANARY}?secret=${CANARY}`);
  const find = () => loggedLines().find((line) => line.includes('"msg":"a request"'));
  await until('it is logged', async () => find() !== undefined);
  expect(JSON.parse(find() ?? '')).toMatchObject({
    level: 20,
    requestId: answer.headers.get('x-request-id'),
    method: 'GET',
    route: '/things/:id',
    status: 200,
  });
  expect(loggedLines().join('')).not.toContain(CANARY);
});

/** A request that took as long as said, without anybody waiting for it. */
function took(ms: number, { forgiven = 0 } = {}): Request {
  const request = new Request(`http://localhost/things/${CANARY}`);
  beginRequest(request);
  // The clock of requests cannot be moved; what is forgiven counts as if it had come later, or earlier.
  forgiveWait(request, forgiven - ms);
  return request;
}

test('a slow one is a warning, whatever the level; a wait that is meant to be does not make it slow', () => {
  const log = openTestLog('info');
  const answered = { route: '/things/:id', response: new Response('x', { status: 200 }), status: 200 };
  endRequest({ log, counts }, took(900), answered);
  endRequest({ log, counts }, took(9_000, { forgiven: 9_000 }), answered);
  expect(loggedLines()).toEqual([]);

  endRequest({ log, counts }, took(1_200), answered);
  const [line = ''] = loggedLines();
  expect(JSON.parse(line)).toMatchObject({ level: 40, msg: 'a request was slow', route: '/things/:id' });
  expect(JSON.parse(line).ms).toBeGreaterThanOrEqual(1_200);
  expect(line).not.toContain(CANARY);
});
