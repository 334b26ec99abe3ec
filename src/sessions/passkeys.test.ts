import { afterEach, beforeEach, expect, test } from 'bun:test';
import { generateKeyPairSync } from 'node:crypto';
import { passkeys, tokens } from '#src/db/schema/control.ts';
import { people } from '#src/testing/people.ts';
import { PROOF_MS } from './limits.ts';
import { type Door, openDoor } from './testing-door.ts';
import { createAuthenticator, type Flaws } from './testing-passkey.ts';

let door: Door;
beforeEach(async () => {
  door = await openDoor();
});
afterEach(() => door.close());

type Browser = ReturnType<Door['browser']>;
type Device = ReturnType<typeof createAuthenticator>;

const where = (answer: Response) => answer.headers.get('location');
const optionsFrom = async (browser: Browser, path: string) => (await browser.post(`${path}/options`)).json();

async function register(browser: Browser, device: Device, flaws: Flaws = {}): Promise<Response> {
  const options = await optionsFrom(browser, '/me/passkeys');
  return browser.post('/me/passkeys', { credential: device.register(options, flaws) });
}

/** Ada with a passkey, registered by a browser that stays signed in. */
async function adaWithPasskey() {
  const ada = await door.signedIn();
  const device = createAuthenticator(door.url);
  expect((await register(ada, device)).status).toBe(200);
  return { ada, device };
}

async function signInBy(device: Device, flaws: Flaws = {}, next = '/inbox') {
  const browser = door.browser();
  const options = await optionsFrom(browser, '/login/passkey');
  const answer = await browser.post('/login/passkey', { credential: device.answer(options, flaws), next });
  return { browser, answer };
}

test('a passkey is registered, listed, named, and removed after a proof', async () => {
  const [ada, elsewhere] = [await door.signedIn(), await door.signedIn()];
  const device = createAuthenticator(door.url);
  const shown = await (await register(ada, device)).text();
  expect(shown.match(/<code>[a-z2-9-]{27}<\/code>/g)).toHaveLength(10);
  expect([await ada.isIn(), await elsewhere.isIn()]).toEqual([true, false]);

  const page = await (await ada.get('/me/second-factor')).text();
  expect(page).toContain('Firefox on Linux');
  const [{ id } = { id: 0 }] = await door.services.control.sql.select().from(passkeys);
  await ada.post(`/me/passkeys/${id}/name`, { [`name-${id}`]: 'My laptop' });
  expect(await (await ada.get('/me/second-factor')).text()).toContain('My laptop');
  expect((await ada.post(`/me/passkeys/${id}/name`, { [`name-${id}`]: ' ' })).status).toBe(422);

  door.clock.now += PROOF_MS;
  expect(where(await ada.post(`/me/passkeys/${id}/removal`))).toStartWith('/me/proof');
  await ada.post('/me/proof', { password: people.ada.password });
  await ada.post(`/me/passkeys/${id}/removal`);
  expect(await door.services.control.sql.select().from(passkeys)).toEqual([]);
  expect((await door.user(door.ada)).secondFactor).toBeNull();
  expect(await door.actions()).toEqual(
    expect.arrayContaining(['passkey.added', 'passkey.renamed', 'passkey.removed']),
  );
  expect((await door.letters()).map(({ change }) => change)).toEqual(
    expect.arrayContaining(['passkey-added', 'last-passkey-removed']),
  );
  expect((await signInBy(device)).answer.status).toBe(422);
});

test('every further passkey ends all other sessions too, and brings no codes', async () => {
  const { ada, device } = await adaWithPasskey();
  const { browser } = await signInBy(device);
  expect(where(await register(ada, createAuthenticator(door.url)))).toBe('/me/second-factor?said=added');
  expect([await ada.isIn(), await browser.isIn()]).toEqual([true, false]);
  expect((await door.letters()).filter(({ change }) => change === 'passkey-added')).toHaveLength(2);
});

test('a passkey signs in without e-mail or password, and is enough', async () => {
  const { device } = await adaWithPasskey();
  const { browser, answer } = await signInBy(device);
  expect([answer.status, where(answer)]).toEqual([303, '/inbox']);
  expect(await (await browser.get('/inbox')).text()).toBe('Ada Lungu');
  const [key] = await door.services.control.sql.select().from(passkeys);
  expect(key).toMatchObject({ counter: 2, usedAt: door.clock.now, transports: 'internal' });
});

test('the sign-in page offers passkeys only where there can be any', async () => {
  expect(await (await door.browser().get('/login')).text()).toContain('<pass-key hidden');
  const byNumbers = await door.browser().get('/login', { host: '127.0.0.1:3000' });
  expect(await byNumbers.text()).not.toContain('<pass-key');
});

test('with a passkey the password alone opens nothing, and the passkey is the second factor', async () => {
  const { device } = await adaWithPasskey();
  const browser = door.browser();
  expect(where(await browser.signIn())).toBe('/login/second-factor');
  expect(await browser.isIn()).toBe(false);
  const options = await optionsFrom(browser, '/login/second-factor/passkey');
  expect(options.allowCredentials.map(({ id }: { id: string }) => id)).toEqual([device.name]);
  const credential = device.answer(options);
  expect(where(await browser.post('/login/second-factor/passkey', { credential, next: '/inbox' }))).toBe(
    '/inbox',
  );
  expect(await browser.isIn()).toBe(true);
});

test('a passkey proves who one is', async () => {
  const { ada, device } = await adaWithPasskey();
  door.clock.now += PROOF_MS;
  expect(where(await ada.post('/me/second-factor/recovery-codes'))).toStartWith('/me/proof');
  const credential = device.answer(await optionsFrom(ada, '/me/proof/passkey'));
  expect((await ada.post('/me/proof/passkey', { credential })).status).toBe(303);
  expect((await ada.post('/me/second-factor/recovery-codes')).status).toBe(200);
});

const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const flaws: [what: string, flaws: Flaws][] = [
  ['of another site', { origin: 'https://evil.example' }],
  ['of another port', { origin: 'http://localhost:1' }],
  ['for another party', { rpId: 'evil.example' }],
  ['of another kind', { type: 'webauthn.else' }],
  ['that nobody confirmed', { isUnverified: true }],
  ['to a challenge of its own', { challenge: 'A'.repeat(43) }],
];

test.each([
  ...flaws,
  ['signed by another key', { key: other }],
  ['for another person', { userHandle: 'Ym8' }],
] as typeof flaws)('an answer %s signs nobody in', async (_what, flaw) => {
  const { device } = await adaWithPasskey();
  const { browser, answer } = await signInBy(device, flaw);
  expect(answer.status).toBe(422);
  expect(await browser.isIn()).toBe(false);
  expect((await signInBy(device)).answer.status).toBe(303);
});

test.each(flaws)('a passkey %s is not registered', async (_what, flaw) => {
  const ada = await door.signedIn();
  expect((await register(ada, createAuthenticator(door.url), flaw)).status).toBe(422);
  expect(await door.services.control.sql.select().from(passkeys)).toEqual([]);
  expect((await door.user(door.ada)).secondFactor).toBeNull();
});

test('an answer works once, and its challenge for five minutes', async () => {
  const { device } = await adaWithPasskey();
  const browser = door.browser();
  const options = await optionsFrom(browser, '/login/passkey');
  const credential = device.answer(options);
  const answers = await Promise.all(
    [1, 2, 3].map(() => door.browser().post('/login/passkey', { credential })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 422, 422]);

  const late = await optionsFrom(browser, '/login/passkey');
  door.clock.now += 5 * 60_000;
  expect((await browser.post('/login/passkey', { credential: device.answer(late) })).status).toBe(422);
});

test('an authenticator that does not count is taken, and its answers work once all the same', async () => {
  const ada = await door.signedIn();
  const device = createAuthenticator(door.url);
  expect((await register(ada, device, { counter: 0 })).status).toBe(200);
  const options = await optionsFrom(door.browser(), '/login/passkey');
  const credential = device.answer(options, { counter: 0 });
  expect((await door.browser().post('/login/passkey', { credential })).status).toBe(303);
  expect((await door.browser().post('/login/passkey', { credential })).status).toBe(422);
  expect((await signInBy(device, { counter: 0 })).answer.status).toBe(303);
});

test('a copied authenticator is noticed: its counter does not go on', async () => {
  const { device } = await adaWithPasskey();
  expect((await signInBy(device, { counter: 40 })).answer.status).toBe(303);
  for (const counter of [40, 39, 0]) {
    expect((await signInBy(device, { counter })).answer.status, String(counter)).toBe(422);
  }
  expect((await signInBy(device, { counter: 41 })).answer.status).toBe(303);
});

test('a challenge for one thing is worth nothing for another, nor for another person', async () => {
  const { ada, device } = await adaWithPasskey();
  const bo = await door.signedIn(people.bo);
  const stepping = door.browser();
  await stepping.signIn();
  const asked = {
    signIn: await optionsFrom(door.browser(), '/login/passkey'),
    proof: await optionsFrom(ada, '/me/proof/passkey'),
    step: await optionsFrom(stepping, '/login/second-factor/passkey'),
    registration: await optionsFrom(ada, '/me/passkeys'),
  };
  const tries: [Browser, string, string][] = [
    [door.browser(), '/login/passkey', device.answer(asked.proof)],
    [door.browser(), '/login/passkey', device.answer(asked.step)],
    [door.browser(), '/login/passkey', device.answer(asked.registration)],
    [stepping, '/login/second-factor/passkey', device.answer(asked.signIn)],
    [ada, '/me/proof/passkey', device.answer(asked.signIn)],
    [bo, '/me/proof/passkey', device.answer(asked.proof)],
    [bo, '/me/passkeys', createAuthenticator(door.url).register(asked.registration)],
  ];
  for (const [browser, path, credential] of tries) {
    expect((await browser.post(path, { credential })).status, path).toBe(422);
  }
});

test('somebody else’s passkey is neither a second factor nor a proof, and can be neither named nor removed', async () => {
  const { device } = await adaWithPasskey();
  const bo = await door.signedIn(people.bo);
  const bosDevice = createAuthenticator(door.url);
  await register(bo, bosDevice);
  const keys = await door.services.control.sql.select().from(passkeys);
  const adas = keys.find(({ userId }) => userId === door.ada)?.id ?? 0;
  for (const path of [
    `/me/passkeys/${adas}/name`,
    `/me/passkeys/${adas}/removal`,
    '/me/passkeys/x/removal',
  ]) {
    expect((await bo.post(path, { [`name-${adas}`]: 'Mine now' })).status, path).toBe(404);
  }
  const stepping = door.browser();
  await stepping.signIn(people.bo);
  const step = await optionsFrom(stepping, '/login/second-factor/passkey');
  expect(
    (await stepping.post('/login/second-factor/passkey', { credential: device.answer(step) })).status,
  ).toBe(422);
  const proof = await optionsFrom(bo, '/me/proof/passkey');
  expect((await bo.post('/me/proof/passkey', { credential: device.answer(proof) })).status).toBe(422);
  expect((await register(bo, device)).status).toBe(422);
  expect((await door.services.control.sql.select().from(passkeys)).length).toBe(2);
});

test('a passkey is registered only by somebody who has proven who they are', async () => {
  const ada = await door.signedIn();
  const options = await optionsFrom(ada, '/me/passkeys');
  door.clock.now += PROOF_MS;
  const credential = createAuthenticator(door.url).register(options);
  expect(where(await ada.post('/me/passkeys', { credential }))).toStartWith('/me/proof');
  expect(
    (await ada.post('/me/passkeys/options', {}, { 'hx-request': 'true' })).headers.get('hx-redirect'),
  ).toStartWith('/me/proof');
  expect(where(await door.browser().post('/me/passkeys', { credential }))).toBe('/login');
});

test('what is no answer at all is refused like a wrong one', async () => {
  await adaWithPasskey();
  const nonsense = [
    '',
    '{}',
    'null',
    '[]',
    '{"id":7,"response":{}}',
    '{"id":"a","response":null}',
    'x'.repeat(10_000),
  ];
  const nested = JSON.stringify({ id: 'a\0b', response: { clientDataJSON: 'e30' } });
  for (const credential of [...nonsense, nested]) {
    expect(
      (await door.browser().post('/login/passkey', { credential })).status,
      credential.slice(0, 30),
    ).toBe(422);
  }
});

test('a host that was made up gets no passkeys, and the configured address alone counts', async () => {
  for (const host of [
    'evil.example',
    'localhost.evil.example',
    'localhost:99999999',
    '127.0.0.1:3000',
    '[::1]:3000',
  ]) {
    expect((await door.browser().post('/login/passkey/options', {}, { host })).status, host).toBe(404);
  }
  await door.close();
  door = await openDoor({ url: 'https://inbox.example' });
  for (const host of ['inbox.example', 'evil.example', 'localhost:3000']) {
    const options = await (await door.browser().post('/login/passkey/options', {}, { host })).json();
    expect(options.rpId).toBe('inbox.example');
  }
  await door.close();
  door = await openDoor({ url: 'http://inbox.example' });
  expect((await door.browser().post('/login/passkey/options')).status).toBe(404);
});

test('asking again and again for challenges is stopped, and those that are over go', async () => {
  const statuses: number[] = [];
  for (let asked = 0; asked < 22; asked += 1) {
    statuses.push((await door.browser().post('/login/passkey/options')).status);
  }
  expect(statuses.slice(0, 20)).toEqual(Array(20).fill(200));
  expect(statuses.at(-1)).toBe(429);
  door.clock.now += 5 * 60_000;
  await door.browser().post('/login/passkey/options');
  expect(await door.services.control.sql.select().from(tokens)).toHaveLength(1);
});
