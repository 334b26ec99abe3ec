import { afterEach, beforeEach, expect, test } from 'bun:test';
import { Elysia } from 'elysia';
import { accounts, tokens, users } from '#src/db/schema/control.ts';
import { edge } from '#src/http/edge.ts';
import { session } from '#src/sessions/session.ts';
import { people } from '#src/testing/people.ts';
import { openFirstRun } from './first-run.ts';
import { setup } from './routes.tsx';
import { openTemporaryInstall, type TemporaryInstall } from './temporary-install.ts';

let install: TemporaryInstall;
let handle: (path: string, init?: RequestInit) => Promise<Response>;
let path: string;

beforeEach(async () => {
  install = await openTemporaryInstall();
  const app = new Elysia()
    .use(edge(install.services))
    .use(setup(install.services))
    .use(new Elysia().use(session(install.services)).get('/inbox', ({ viewer }) => viewer.name));
  handle = (to, init) => app.handle(new Request(`http://localhost${to}`, init));
  path = (await openFirstRun(install.services)) ?? 'none';
});
afterEach(() => install.close());

const form = {
  account_name: 'Mbare Market',
  business_name: '',
  time_zone: 'Africa/Harare',
  name: people.ada.name,
  email: people.ada.email,
  password: people.ada.password,
};
const send = (fields: Record<string, string>, to = path) =>
  handle(to, {
    method: 'POST',
    headers: { 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams(fields),
  });

/** The fields that are marked as wrong, in the order of the page. */
const namedAsWrong = (text: string) =>
  [...text.matchAll(/<(?:input|select)[^>]*>/g)]
    .filter(([tag]) => tag.includes('aria-invalid="true"'))
    .map(([tag]) => tag.match(/name="(\w+)"/)?.[1]);

test('the link leads to a form, and the form to an inbox with its owner signed in', async () => {
  const page = await handle(path);
  expect([page.status, (await page.text()).includes('name="account_name"')]).toEqual([200, true]);
  const done = await send(form);
  expect([done.status, done.headers.get('location')]).toEqual([303, '/']);
  const cookie = (done.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  expect(await (await handle('/inbox', { headers: { cookie } })).text()).toBe('Ada Lungu');
  const [ada] = await install.services.control.sql.select().from(users);
  expect(ada).toMatchObject({ email: people.ada.email, isOperator: true });
});

test('without the link there is nothing there', async () => {
  for (const wrong of ['/setup', '/setup/', '/setup/x', `/setup/${'A'.repeat(43)}`]) {
    expect((await handle(wrong)).status).toBe(404);
    expect((await send(form, wrong)).status).toBe(404);
  }
  expect(await install.services.control.sql.select().from(accounts)).toEqual([]);
});

test('the link works once', async () => {
  await send(form);
  expect((await handle(path)).status).toBe(404);
  expect((await send({ ...form, email: 'second@mbare.example' })).status).toBe(404);
  expect(await install.services.control.sql.select().from(users)).toHaveLength(1);
});

test('two people who send the form at once make one account', async () => {
  const answers = await Promise.all([send(form), send({ ...form, email: 'second@mbare.example' })]);
  expect(answers.map((answer) => answer.status).sort()).toEqual([303, 404]);
  expect(await install.services.control.sql.select().from(users)).toHaveLength(1);
});

test('the link is over after thirty minutes', async () => {
  install.clock.now += 30 * 60_000 - 1;
  expect((await handle(path)).status).toBe(200);
  install.clock.now += 1;
  expect((await handle(path)).status).toBe(404);
  expect((await send(form)).status).toBe(404);
});

test('a new start makes a new link, and the old one stops working', async () => {
  const next = (await openFirstRun(install.services)) ?? 'none';
  expect(next).not.toBe(path);
  expect((await handle(path)).status).toBe(404);
  expect((await handle(next)).status).toBe(200);
});

test('the link is 256 bits, and only its hash is kept', async () => {
  const token = path.slice('/setup/'.length);
  expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  const [row] = await install.services.control.sql.select().from(tokens);
  expect(row?.hash).toMatch(/^[0-9a-f]{64}$/);
  expect(JSON.stringify(row)).not.toContain(token);
});

test('there is no link once somebody is there, or when signing up is closed', async () => {
  const closed = { ...install.services, config: { ...install.services.config, signups: 'closed' as const } };
  expect(await openFirstRun(closed)).toBeNull();
  await install.createAdasAccount();
  expect(await openFirstRun(install.services)).toBeNull();
  expect((await handle(path)).status).toBe(404);
  expect((await send({ ...form, email: 'second@mbare.example' })).status).toBe(404);
});

test('what cannot be taken is named at its field, and everything typed stays but the password', async () => {
  const refused = await send({ ...form, account_name: ' ', email: 'ada at mbare', password: 'my-canary' });
  expect(refused.status).toBe(422);
  const text = await refused.text();
  expect(namedAsWrong(text)).toEqual(['account_name', 'email', 'password']);
  expect(text.match(/value="(ada at mbare|Ada Lungu)"/g)).toEqual([
    'value="Ada Lungu"',
    'value="ada at mbare"',
  ]);
  expect(text.includes('my-canary')).toBe(false);
  expect((await send(form)).status).toBe(303);
});

test('an empty form names every field that is needed', async () => {
  const text = await (await send({})).text();
  expect(namedAsWrong(text)).toEqual(['account_name', 'time_zone', 'name', 'email', 'password']);
});

test('hostile text comes back as text', async () => {
  const text = await (await send({ ...form, name: '"><script>alert(1)</script>', email: '' })).text();
  expect(text.includes('<script>alert')).toBe(false);
  expect(text.includes('&lt;script>alert')).toBe(true);
});

test('a form from another site makes nothing', async () => {
  const headers = { origin: 'https://evil.example', host: 'localhost' };
  expect((await handle(path, { method: 'POST', headers, body: new URLSearchParams(form) })).status).toBe(403);
  expect(await install.services.control.sql.select().from(users)).toEqual([]);
});
