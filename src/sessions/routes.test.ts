import { afterEach, beforeEach, expect, test } from 'bun:test';
import { Elysia } from 'elysia';
import { openTemporaryInstall, type TemporaryInstall } from '#src/accounts/temporary-install.ts';
import { sessions as sessionRows, users } from '#src/db/schema/control.ts';
import { audit } from '#src/db/schema/inbox/index.ts';
import { edge } from '#src/http/edge.ts';
import { loggedLines } from '#src/testing/log.ts';
import { people } from '#src/testing/people.ts';
import { sessions } from './routes.tsx';
import { session } from './session.ts';
import { findByPassword } from './sign-in.ts';

let install: TemporaryInstall;
let origin: string;
let stop: () => Promise<unknown>;
let waits: number[];

beforeEach(() => begin());
afterEach(() => end());

async function begin(url: string | null = null) {
  install = await openTemporaryInstall({ url });
  await install.createAdasAccount();
  waits = [];
  const wait = async (ms: number) => void waits.push(ms);
  const app = new Elysia()
    .use(edge(install.services))
    .use(sessions(install.services, { wait }))
    .use(new Elysia().use(session(install.services)).get('/inbox', ({ viewer }) => viewer.name))
    .listen({ port: 0, hostname: '127.0.0.1' });
  origin = `http://127.0.0.1:${app.server?.port}`;
  stop = () => app.stop(true);
}

async function end() {
  await stop();
  await install.close();
}

const get = (path: string, cookie = '') => fetch(origin + path, { redirect: 'manual', headers: { cookie } });
const post = (path: string, fields: Record<string, string>, cookie = '') =>
  fetch(origin + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'sec-fetch-site': 'same-origin', cookie },
    body: new URLSearchParams(fields),
  });
const signIn = (fields: Record<string, string> = {}, cookie = '') =>
  post('/login', { email: people.ada.email, password: people.ada.password, ...fields }, cookie);
const cookieOf = (response: Response) => (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';

test('signing in leads to the page that was asked for, and signing out ends it', async () => {
  const asked = await get('/inbox');
  expect(asked.headers.get('location')).toBe('/login?next=%2Finbox');
  const form = await (await get('/login?next=%2Finbox')).text();
  expect(form).toContain('name="next" value="/inbox"');

  const signedIn = await signIn({ next: '/inbox' });
  expect([signedIn.status, signedIn.headers.get('location')]).toEqual([303, '/inbox']);
  const cookie = cookieOf(signedIn);
  expect(await (await get('/inbox', cookie)).text()).toBe('Ada Lungu');
  expect((await get('/login', cookie)).headers.get('location')).toBe('/');

  const signedOut = await post('/logout', {}, cookie);
  expect([signedOut.status, signedOut.headers.get('location')]).toEqual([303, '/login?ended=1']);
  expect(signedOut.headers.get('clear-site-data')).toBe('"cache", "storage"');
  expect(signedOut.headers.get('set-cookie')).toContain('oono=; Path=/; Max-Age=0');
  expect((await get('/inbox', cookie)).status).toBe(303);
  expect((await post('/logout', {}, cookie)).status).toBe(303);
});

test('the cookie is out of reach of scripts and other sites, and bound to the host over https', async () => {
  const [own = '', device = '', ...others] = (await signIn()).headers.getSetCookie();
  expect(own).toMatch(/^oono=[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Lax$/);
  expect(device).toMatch(/^oono-device=[\w-]{43}; Path=\/; Max-Age=31536000; HttpOnly; SameSite=Lax$/);
  expect(others).toEqual([]);
  await end();
  await begin('https://inbox.example');
  const secure = await signIn();
  expect(secure.headers.getSetCookie()[0]).toMatch(
    /^__Host-oono=[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Lax; Secure$/,
  );
  const cookie = cookieOf(secure);
  expect((await get('/inbox', cookie)).status).toBe(200);
  expect((await get('/inbox', cookie.replace('__Host-', ''))).status).toBe(303);
});

test('a wrong password and an unknown e-mail get the same answer, and what was typed stays', async () => {
  const wrong = await signIn({ password: 'not the password' });
  const unknown = await signIn({ email: 'nobody@mbare.example' });
  expect([wrong.status, unknown.status]).toEqual([422, 422]);
  expect(wrong.headers.get('set-cookie')).toBeNull();
  const page = await wrong.text();
  expect(page).toContain(`value="${people.ada.email}"`);
  expect(page).not.toContain('not the password');
  expect((await unknown.text()).replace('nobody@mbare.example', people.ada.email)).toBe(page);
});

test.each([{ email: '' }, { password: '' }, { email: 'ada' }, { email: `${'x'.repeat(5000)}@a.b` }])(
  'what cannot be right is refused like anything wrong: %j',
  async (fields) => {
    expect((await signIn(fields)).status).toBe(422);
  },
);

test('an e-mail is the same however its letters are typed', async () => {
  expect((await signIn({ email: ' ADA@Mbare.Example ' })).status).toBe(303);
});

test('guessing waits longer and longer, other spellings included, and the right password still gets in', async () => {
  for (const email of [
    'ada@mbare.example',
    'ADA@mbare.example',
    ' ada@mbare.example',
    'ada@mbare.example',
    'Ada@mbare.example',
  ]) {
    expect((await signIn({ email, password: 'a guess' })).status).toBe(422);
    install.clock.now += waits.at(-1) ?? 0;
  }
  expect(waits).toEqual([1000, 2000]);
  expect((await signIn()).status).toBe(303);
  expect(waits).toEqual([1000, 2000, 4000]);
});

test('too many tries at once are told how long to wait', async () => {
  for (let i = 0; i < 6; i += 1) {
    await signIn({ password: 'a guess' });
  }
  const refused = await signIn();
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(8);
  expect(await refused.text()).toContain(`value="${people.ada.email}"`);
  install.clock.now += 16_000;
  expect((await signIn()).status).toBe(303);
});

test('signing in gives a new session and ends the one that was presented', async () => {
  const first = cookieOf(await signIn());
  const second = cookieOf(await signIn({}, first));
  expect(second).not.toBe(first);
  expect((await get('/inbox', first)).status).toBe(303);
  expect((await get('/inbox', second)).status).toBe(200);
  expect(await install.services.control.sql.select().from(sessionRows)).toHaveLength(1);
});

test('a planted session id is never taken over', async () => {
  const planted = `oono=${'A'.repeat(43)}`;
  const given = cookieOf(await signIn({}, planted));
  expect(given).not.toBe(planted);
  expect((await get('/inbox', planted)).status).toBe(303);
});

test('a person who was disabled cannot sign in', async () => {
  const { control } = install.services;
  await control.write('full', [control.sql.update(users).set({ disabledAt: 1 })]);
  expect((await signIn()).status).toBe(422);
});

test('nobody is led to another site', async () => {
  for (const next of ['https://evil.example', '//evil.example', '/\\evil.example']) {
    expect((await signIn({ next })).headers.get('location')).toBe('/');
  }
});

test('a form of another site cannot sign anybody in or out', async () => {
  for (const path of ['/login', '/logout']) {
    const response = await fetch(origin + path, {
      method: 'POST',
      headers: { origin: 'https://evil.example' },
      body: new URLSearchParams({ email: people.ada.email, password: people.ada.password }),
    });
    expect(response.status).toBe(403);
    expect(response.headers.get('set-cookie')).toBeNull();
  }
});

test('a weaker hash is renewed at sign-in', async () => {
  const { control } = install.services;
  const weak = await Bun.password.hash(people.ada.password, {
    algorithm: 'argon2id',
    memoryCost: 1024,
    timeCost: 1,
  });
  await control.write('full', [control.sql.update(users).set({ passwordHash: weak })]);
  expect((await signIn()).status).toBe(303);
  const [ada] = await control.sql.select().from(users);
  expect(ada?.passwordHash).toContain('m=47104');
  expect((await signIn()).status).toBe(303);
});

test('a password that is changed while somebody signs in with the old one stays changed', async () => {
  const { control } = install.services;
  const weak = { algorithm: 'argon2id', memoryCost: 1024, timeCost: 1 } as const;
  const passwordHash = await Bun.password.hash(people.ada.password, weak);
  await control.write('full', [control.sql.update(users).set({ passwordHash })]);
  const entering = findByPassword(control, people.ada);
  // By now it was read and is being compared.
  await new Promise((resume) => setImmediate(resume));
  await control.write('full', [control.sql.update(users).set({ passwordHash: 'another' })]);
  await entering;
  expect((await control.sql.select().from(users)).map((user) => user.passwordHash)).toEqual(['another']);
});

test('who signed in is audited, and neither password nor e-mail is ever logged', async () => {
  await signIn();
  await signIn({ password: 'guess-canary-1' });
  const { accountId } = await install.services.control.sql
    .select()
    .from(sessionRows)
    .then(([row]) => row ?? { accountId: 0 });
  const rows = await install.services.accounts.use(accountId, ({ sql }) => sql.select().from(audit));
  expect(rows.map((row) => row.action)).toContain('session.began');
  const log = loggedLines().join('\n');
  expect(log).toContain('a sign-in was refused');
  expect(log).not.toContain('canary');
  expect(log).not.toContain(people.ada.password);
  expect(log).not.toContain(people.ada.email);
});
