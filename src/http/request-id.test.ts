import { afterAll, expect, test } from 'bun:test';
import { Elysia } from 'elysia';
import { readConfig } from '#src/config.ts';
import { createCounts } from '#src/ops/counts.ts';
import { expectErrorInLog, loggedLines, openTestLog } from '#src/testing/log.ts';
import { edge } from './edge.ts';

const servers: { stop(): Promise<unknown> }[] = [];
afterAll(() => Promise.all(servers.map((server) => server.stop())));

/** Asks for a page behind the edge, as a proxy at 127.0.0.1 would. */
function serve(trustedProxies: string) {
  const config = readConfig({ OONOBOX_TRUSTED_PROXIES: trustedProxies });
  const app = new Elysia()
    .use(edge({ config, log: openTestLog(), counts: createCounts() }))
    .get('/broken', () => {
      throw new Error('for the test');
    })
    .get('/well', () => 'well')
    .listen({ hostname: '127.0.0.1', port: 0 });
  servers.push({ stop: () => app.stop(true) });
  return (id: string, path = '/well') =>
    fetch(`http://127.0.0.1:${app.server?.port}${path}`, { headers: { 'x-request-id': id } });
}

const behindProxy = serve('127.0.0.1');
const uuid = '5b0ec27e-63ee-4ea4-b7a2-c1b0f7f1e0aa';

test('the id that a trusted proxy gives is taken over: in the answer, on the error page and in the log', async () => {
  expectErrorInLog(/a request failed/);
  const answer = await behindProxy(uuid, '/broken');
  expect(answer.headers.get('x-request-id')).toBe(uuid);
  expect(await answer.text()).toContain(uuid);
  expect(loggedLines().find((line) => line.includes('a request failed'))).toContain(`"requestId":"${uuid}"`);
});

test('from anybody else it is not believed', async () => {
  for (const ask of [serve(''), serve('10.0.0.0/8')]) {
    expect((await ask(uuid)).headers.get('x-request-id')).toMatch(/^[\w-]{12}$/);
  }
});

test.each([
  ['too short', 'abc-123'],
  ['too long', 'a'.repeat(65)],
  ['not of its characters', 'abc-123-<script>'],
  ['somebody’s phone number', '263771234567'],
  ['somebody’s access token', 'EAAGm0PX4ZCpsBAKZCkZAv'],
  ['a path', '../../etc/passwd'],
])('an id that is %s is replaced', async (_, id) => {
  expect((await behindProxy(id)).headers.get('x-request-id')).toMatch(/^[\w-]{12}$/);
});

test('every page about something that went wrong shows its id, also when it was not our fault', async () => {
  const answer = await behindProxy('not well formed', '/nowhere');
  const id = answer.headers.get('x-request-id') ?? 'none';
  expect(answer.status).toBe(404);
  expect(await answer.text()).toContain(`<code>${id}</code>`);
});
