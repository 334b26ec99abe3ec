import { afterAll, beforeAll, expect, test } from 'bun:test';
import { Elysia, t } from 'elysia';
import { openTemporaryInstall, type TemporaryInstall } from '#src/accounts/temporary-install.ts';
import { edge } from '#src/http/edge.ts';
import { session } from './session.ts';
import { beginSession } from './sign-in.ts';

let install: TemporaryInstall;
let cookie: string;
let handle: (path: string, init?: RequestInit) => Promise<Response>;

beforeAll(async () => {
  install = await openTemporaryInstall();
  const { services } = install;
  const { userId } = await install.createAdasAccount();
  const token = await beginSession(services, { id: userId, epoch: 0 }, { address: '127.0.0.1', agent: null });
  cookie = `oono=${token}`;

  const feature = (name: string) =>
    new Elysia({ name, prefix: `/${name}` })
      .use(session(services))
      .get('', ({ viewer }) => viewer.name)
      .post('', ({ viewer, body }) => `${viewer.name} ${body.size}`, {
        body: t.Object({ size: t.Numeric() }),
      });
  const app = new Elysia()
    .use(edge(services))
    .get('/before', () => 'public')
    .use(feature('one'))
    .use(feature('two'))
    .use(new Elysia({ name: 'open' }).get('/open', () => 'public'))
    .get('/after', () => 'public');
  handle = (path, init) => app.handle(new Request(`http://localhost${path}`, init));
});
afterAll(() => install.close());

test.each(['/one', '/two'])(
  '%s is for people who are signed in, whichever feature uses the guard first',
  async (path) => {
    expect((await handle(path)).status).toBe(303);
    const known = await handle(path, { headers: { cookie } });
    expect([known.status, await known.text()]).toEqual([200, 'Ada Lungu']);
  },
);

test.each(['/before', '/open', '/after'])('%s stays open to all', async (path) => {
  expect((await handle(path)).status).toBe(200);
});

test('a stranger learns nothing from what a form would refuse', async () => {
  const post = { method: 'POST', body: new URLSearchParams({ size: 'wrong' }) };
  const own = { 'sec-fetch-site': 'same-origin' };
  expect((await handle('/one', { ...post, headers: own })).status).toBe(303);
  expect((await handle('/one', { ...post, headers: { ...own, cookie } })).status).toBe(422);
});
