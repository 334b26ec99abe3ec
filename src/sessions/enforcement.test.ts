import { afterEach, beforeEach, expect, test } from 'bun:test';
import { generateSync } from 'otplib';
import { people } from '#src/testing/people.ts';
import { findSession } from './find-session.ts';
import { beginSession } from './sign-in.ts';
import { type Door, openDoor } from './testing-door.ts';
import { createAuthenticator } from './testing-passkey.ts';

let door: Door;
beforeEach(async () => {
  door = await openDoor();
});
afterEach(() => door.close());

const where = (answer: Response) => answer.headers.get('location');

async function setUp(browser: ReturnType<Door['browser']>): Promise<string> {
  await browser.post('/me/second-factor/secret');
  const page = await (await browser.get('/me/second-factor/secret')).text();
  return (/<code class="own__secret">([A-Z2-7 ]+)</.exec(page)?.[1] ?? '').replaceAll(' ', '');
}

test('whoever has such a role gets only the page that sets a factor up, until it is done', async () => {
  const [bo, ada] = [await door.signedIn(people.bo), await door.signedIn()];
  await door.demandSecondFactorOf(door.bo);
  for (const path of ['/inbox', '/me/sessions', '/me/password']) {
    expect(where(await bo.get(path)), path).toBe('/me/second-factor');
  }
  for (const path of ['/me/password', '/me/sessions/others/ending', '/me/second-factor/removal']) {
    expect(where(await bo.post(path)), path).toBe('/me/second-factor');
  }
  expect((await bo.get('/inbox', { 'hx-request': 'true' })).headers.get('hx-redirect')).toBe(
    '/me/second-factor',
  );
  expect(where(await bo.get('/login'))).toBe('/me/second-factor');
  expect(await ada.isIn()).toBe(true);

  const page = await (await bo.get('/me/second-factor')).text();
  expect(page).toContain('Your role demands a second factor');
  expect(page).toContain('action="/logout"');
  expect(page).not.toContain('href="/inbox"');
  const secret = await setUp(bo);
  const epoch = Math.floor(door.clock.now / 1000);
  await bo.post('/me/second-factor', { code: generateSync({ secret, epoch }) });
  expect(await bo.isIn()).toBe(true);
});

test('a passkey is a factor as well', async () => {
  const bo = await door.signedIn(people.bo);
  await door.demandSecondFactorOf(door.bo);
  const options = await (await bo.post('/me/passkeys/options')).json();
  await bo.post('/me/passkeys', { credential: createAuthenticator(door.url).register(options) });
  expect(await bo.isIn()).toBe(true);
});

test('nothing else takes a session that is held for one: no socket, no live page', async () => {
  const bo = await door.signedIn(people.bo);
  const request = () =>
    new Request('http://localhost/live', { headers: { cookie: `oono=${bo.cookies.get('oono')}` } });
  expect(await findSession(door.services, request(), 'look')).not.toBeNull();
  await door.demandSecondFactorOf(door.bo);
  expect(await findSession(door.services, request(), 'look')).toBeNull();
});

test('a session that is held can prove who it is, sign out, and nothing more', async () => {
  const bo = await door.signedIn(people.bo);
  await door.demandSecondFactorOf(door.bo);
  expect((await bo.get('/me/proof')).status).toBe(200);
  expect(where(await bo.post('/me/proof', { password: people.bo.password, next: '/inbox' }))).toBe('/inbox');
  expect(where(await bo.get('/inbox'))).toBe('/me/second-factor');
  expect(where(await bo.post('/logout'))).toBe('/login?ended=1');
  expect(where(await bo.get('/me/second-factor'))).toStartWith('/login');
});

test('turning the factor off brings such a person back to the page', async () => {
  const bo = await door.signedIn(people.bo);
  await door.demandSecondFactorOf(door.bo);
  const secret = await setUp(bo);
  await bo.post('/me/second-factor', {
    code: generateSync({ secret, epoch: Math.floor(door.clock.now / 1000) }),
  });
  await bo.post('/me/second-factor/removal');
  expect(where(await bo.get('/inbox'))).toBe('/me/second-factor');
});

test('a built-in role’s row counts too', async () => {
  const ada = await door.signedIn();
  await door.demandSecondFactorOf(door.ada);
  expect(where(await ada.get('/inbox'))).toBe('/me/second-factor');
});

test('no link begins a session for somebody who has a second factor', async () => {
  const bo = await door.signedIn(people.bo);
  const origin = { address: '127.0.0.1', agent: null };
  expect(await beginSession(door.services, { id: door.bo, epoch: 0 }, origin)).not.toBeNull();
  const secret = await setUp(bo);
  await bo.post('/me/second-factor', {
    code: generateSync({ secret, epoch: Math.floor(door.clock.now / 1000) }),
  });
  const { epoch } = await door.user(door.bo);
  expect(await beginSession(door.services, { id: door.bo, epoch }, origin)).toBeNull();
});
