import { afterEach, beforeEach, expect, test } from 'bun:test';
import { generateSync } from 'otplib';
import { passkeys, users } from '#src/db/schema/control.ts';
import { people } from '#src/testing/people.ts';
import { PROOF_MS } from './limits.ts';
import { type Door, openDoor } from './testing-door.ts';

const STEP_MS = 30_000;

let door: Door;
beforeEach(async () => {
  door = await openDoor();
});
afterEach(() => door.close());

type Browser = ReturnType<Door['browser']>;

const where = (answer: Response) => answer.headers.get('location');
const codeOf = (secret: string, at = door.clock.now) =>
  generateSync({ secret, epoch: Math.floor(at / 1000) });

async function startedSecret(browser: Browser): Promise<string> {
  await browser.post('/me/second-factor/secret');
  const page = await (await browser.get('/me/second-factor/secret')).text();
  return (/<code class="own__secret">([A-Z2-7 ]+)</.exec(page)?.[1] ?? '').replaceAll(' ', '');
}

const recoveryIn = (page: string) =>
  [...page.matchAll(/<code>([a-z2-9-]{27})<\/code>/g)].map(([, code = '']) => code);

/** Turns the app on for whoever this browser is, and moves on to the next code. */
async function turnOn(browser: Browser): Promise<{ secret: string; recovery: string[] }> {
  const secret = await startedSecret(browser);
  const page = await (await browser.post('/me/second-factor', { code: codeOf(secret) })).text();
  door.clock.now += STEP_MS;
  return { secret, recovery: recoveryIn(page) };
}

const halfWay = async (person: { email: string; password: string } = people.ada) => {
  const browser = door.browser();
  const answer = await browser.signIn(person);
  expect(where(answer)).toBe('/login/second-factor');
  return browser;
};
const give = (browser: Browser, code: string) => browser.post('/login/second-factor', { code });

test('an app is set up by its secret and a code, and recovery codes are shown once', async () => {
  const [ada, elsewhere] = [await door.signedIn(), await door.signedIn()];
  const secret = await startedSecret(ada);
  expect(secret).toHaveLength(32);
  const page = await (await ada.get('/me/second-factor/secret')).text();
  expect(page).toContain('<svg class="qr"');
  expect(page).not.toContain('style=');

  expect((await ada.post('/me/second-factor', { code: '000000' })).status).toBe(422);
  expect((await door.user(door.ada)).secondFactor).toBeNull();
  const shown = await (await ada.post('/me/second-factor', { code: codeOf(secret) })).text();
  const codes = recoveryIn(shown);
  expect(new Set(codes).size).toBe(10);
  const after = await (await ada.get('/me/second-factor')).text();
  expect(after).toContain('Authenticator app: On');
  expect(recoveryIn(after)).toEqual([]);
  expect([await ada.isIn(), await elsewhere.isIn()]).toEqual([true, false]);
  expect(await door.actions()).toContain('second_factor.on');
  expect(await door.letters()).toContainEqual({
    to: people.ada.email,
    kind: 'second-factor-changed',
    change: 'on',
    at: door.clock.now,
  });
});

test('neither the secret nor a recovery code is kept in the clear', async () => {
  const { secret, recovery } = await turnOn(await door.signedIn());
  const { secondFactor } = await door.user(door.ada);
  const stored = Buffer.from(secondFactor ?? []).toString('latin1');
  expect(stored.length).toBeGreaterThan(100);
  expect(stored).not.toContain(secret);
  const opened = door.services.control.keys.openText(
    secondFactor ?? new Uint8Array(),
    `second-factor/${door.ada}`,
  );
  expect(opened).toContain(secret);
  expect(opened).not.toContain(recovery[0]?.replaceAll('-', '') ?? 'nothing');
});

test('from then on the password alone opens nothing, whatever address is asked for', async () => {
  const { secret } = await turnOn(await door.signedIn());
  const browser = door.browser();
  const answer = await browser.post('/login', { ...people.ada, next: '/inbox' });
  expect([answer.status, where(answer)]).toEqual([303, '/login/second-factor?next=%2Finbox']);
  expect(browser.cookies.has('oono')).toBe(false);
  expect(answer.headers.getSetCookie()[0]).toMatch(
    /^oono-step=[\w-]{43}; Path=\/; Max-Age=300; HttpOnly; SameSite=Strict$/,
  );
  for (const path of ['/inbox', '/me/second-factor', '/me/proof', '/me/sessions']) {
    expect(where(await browser.get(path)), path).toStartWith('/login?next=');
  }
  // The token of the half-done sign-in is none of a session.
  const forger = door.browser();
  forger.cookies.set('oono', browser.cookies.get('oono-step') ?? '');
  expect(await forger.isIn()).toBe(false);

  const entered = await browser.post('/login/second-factor', { code: codeOf(secret), next: '/inbox' });
  expect([entered.status, where(entered)]).toEqual([303, '/inbox']);
  expect(await browser.isIn()).toBe(true);
  expect(browser.cookies.has('oono-step')).toBe(false);
});

test('a code works once: neither again, nor one before it, nor for two at the same time', async () => {
  const { secret } = await turnOn(await door.signedIn());
  const code = codeOf(secret);
  const [one, other] = [await halfWay(), await halfWay()];
  const answers = await Promise.all([give(one, code), give(other, code)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 422]);
  const [third] = [await halfWay()];
  expect((await give(third, code)).status).toBe(422);
  expect((await give(third, codeOf(secret, door.clock.now - STEP_MS))).status).toBe(422);
  door.clock.now += STEP_MS;
  expect((await give(third, codeOf(secret))).status).toBe(303);
});

test('a code is taken a step early or late, and not two', async () => {
  const { secret } = await turnOn(await door.signedIn());
  door.clock.now += 10 * STEP_MS;
  const ada = await halfWay();
  expect((await give(ada, codeOf(secret, door.clock.now - 2 * STEP_MS))).status).toBe(422);
  expect((await give(ada, codeOf(secret, door.clock.now + 2 * STEP_MS))).status).toBe(422);
  expect((await give(ada, codeOf(secret, door.clock.now - STEP_MS))).status).toBe(303);
  expect((await give(await halfWay(), ` ${codeOf(secret, door.clock.now + STEP_MS)} `)).status).toBe(303);
});

test('when the clock was wrong and is set back, codes still work', async () => {
  const ada = await door.signedIn();
  door.clock.now += 5 * 60_000;
  const { secret } = await turnOn(ada);
  door.clock.now -= 20 * 60_000;
  expect((await give(await halfWay(), codeOf(secret))).status).toBe(303);
});

test('after five wrong codes, five minutes, or a new password, the password is asked for again', async () => {
  const { secret } = await turnOn(await door.signedIn());
  const guesser = await halfWay();
  const statuses: number[] = [];
  for (const code of ['000001', '000002', 'x', '', '000005']) {
    statuses.push((await give(guesser, code)).status);
  }
  expect(statuses).toEqual([422, 422, 422, 422, 303]);
  expect(where(await give(guesser, codeOf(secret)))).toBe('/login?over=1');
  expect(await (await guesser.get('/login?over=1')).text()).toContain('Sign in again');

  const slow = await halfWay();
  door.clock.now += 5 * 60_000;
  expect(where(await slow.get('/login/second-factor'))).toBe('/login?over=1');
  expect(where(await give(slow, codeOf(secret)))).toBe('/login?over=1');

  const late = await halfWay();
  const ada = await halfWay();
  await give(ada, codeOf(secret));
  await ada.post('/me/password', {
    old_password: people.ada.password,
    new_password: 'paper lanterns in june',
  });
  door.clock.now += STEP_MS;
  expect(where(await give(late, codeOf(secret)))).toBe('/login?over=1');
});

test('whoever knows the password cannot try all codes, however often they sign in', async () => {
  const { secret, recovery } = await turnOn(await door.signedIn());
  const statuses: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const guesser = await halfWay();
    for (const code of ['000001', '000002', '000003', '000004']) {
      statuses.push((await give(guesser, code)).status);
    }
  }
  expect(statuses.at(-1)).toBe(429);
  const owner = await halfWay();
  expect((await give(owner, codeOf(secret))).status).toBe(429);
  // Their owner is not kept out for it.
  expect((await give(owner, recovery[0] ?? '')).status).toBe(303);
});

test('a recovery code signs in once, however it is typed, and says so', async () => {
  const ada = await door.signedIn();
  const { recovery } = await turnOn(ada);
  const [first = '', second = ''] = recovery;
  expect((await give(await halfWay(), ` ${first.toUpperCase().replaceAll('-', ' ')} `)).status).toBe(303);
  expect((await give(await halfWay(), first)).status).toBe(422);
  const [one, other] = [await halfWay(), await halfWay()];
  const answers = await Promise.all([give(one, second), give(other, second)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 422]);
  expect(await (await ada.get('/me/second-factor')).text()).toContain('8 codes are left');
});

test('new recovery codes make the old ones useless, need a proof, end other sessions and are mailed', async () => {
  const ada = await door.signedIn();
  const { secret, recovery } = await turnOn(ada);
  const elsewhere = await halfWay();
  await give(elsewhere, codeOf(secret));
  door.clock.now += PROOF_MS;
  expect(where(await ada.post('/me/second-factor/recovery-codes'))).toStartWith('/me/proof');
  await ada.post('/me/proof', { password: people.ada.password });
  const fresh = recoveryIn(await (await ada.post('/me/second-factor/recovery-codes')).text());
  expect(fresh).toHaveLength(10);
  expect([await ada.isIn(), await elsewhere.isIn()]).toEqual([true, false]);
  expect((await door.letters()).at(-1)).toMatchObject({ to: people.ada.email, change: 'codes' });
  const browser = await halfWay();
  expect((await give(browser, recovery[0] ?? '')).status).toBe(422);
  expect((await give(browser, fresh[0] ?? '')).status).toBe(303);
  expect(await door.actions()).toContain('recovery_codes.renewed');
});

test('turning it off needs a proof, which a code may be, ends other sessions and is mailed', async () => {
  const ada = await door.signedIn();
  const { secret } = await turnOn(ada);
  const elsewhere = await halfWay();
  await give(elsewhere, codeOf(secret));
  door.clock.now += PROOF_MS;
  expect(where(await ada.post('/me/second-factor/removal'))).toStartWith('/me/proof');
  expect(await (await ada.get('/me/proof')).text()).toContain('one-time-code');
  const code = codeOf(secret);
  expect((await ada.post('/me/proof', { code, next: '/me/second-factor', again: '1' })).status).toBe(303);
  expect((await ada.post('/me/proof', { code })).status).toBe(422);
  expect(where(await ada.post('/me/second-factor/removal'))).toBe('/me/second-factor?said=off');
  expect((await door.user(door.ada)).secondFactor).toBeNull();
  expect([await ada.isIn(), await elsewhere.isIn()]).toEqual([true, false]);
  expect((await door.letters()).map(({ change }) => change)).toContain('off');
  expect(await (await door.signedIn()).isIn()).toBe(true);
});

test('whoever turns something off is told what guards the sign-in from then on', async () => {
  const ada = await door.signedIn();
  await turnOn(ada);
  const { control } = door.services;
  const key = { credentialId: 'a', id: 7, name: 'Laptop', publicKey: new Uint8Array([1]), counter: 0 };
  await control.write('full', [
    control.sql.insert(passkeys).values({ ...key, userId: door.ada, createdAt: door.clock.now }),
  ]);
  const changes = async () => (await door.letters()).map(({ change }) => change);
  await ada.post('/me/second-factor/removal');
  expect((await changes()).slice(1)).toEqual(['app-off']);
  expect((await door.user(door.ada)).secondFactor).not.toBeNull();
  await ada.post('/me/passkeys/7/removal');
  expect((await changes()).slice(1)).toEqual(['app-off', 'last-passkey-removed']);
  expect((await door.user(door.ada)).secondFactor).toBeNull();
});

test('another app can take over; the old one’s codes are worth nothing then', async () => {
  const ada = await door.signedIn();
  const { secret: old, recovery } = await turnOn(ada);
  const secret = await startedSecret(ada);
  expect(where(await ada.post('/me/second-factor', { code: codeOf(secret) }))).toBe(
    '/me/second-factor?said=on',
  );
  door.clock.now += STEP_MS;
  const browser = await halfWay();
  expect((await give(browser, codeOf(old))).status).toBe(422);
  expect((await give(browser, recovery[0] ?? '')).status).toBe(303);
});

test('somebody else’s codes, secret and half-done sign-in are worth nothing', async () => {
  const ada = await door.signedIn();
  const bo = await door.signedIn(people.bo);
  const { secret: adas, recovery: adasRecovery } = await turnOn(ada);
  const { secret: bos } = await turnOn(bo);
  const adasStep = await halfWay();
  expect((await give(adasStep, codeOf(bos))).status).toBe(422);
  const bosStep = await halfWay(people.bo);
  expect((await give(bosStep, codeOf(adas))).status).toBe(422);
  expect((await give(bosStep, adasRecovery[0] ?? '')).status).toBe(422);
  const started = await startedSecret(ada);
  expect(where(await bo.post('/me/second-factor', { code: codeOf(started) }))).toBe('/me/second-factor');
  expect(await (await bo.get('/me/second-factor/secret')).text()).not.toContain(started.slice(0, 4));
});

test('a guessed half-done sign-in leads to the door', async () => {
  for (const token of ['A'.repeat(43), 'short', `${'A'.repeat(43)}B`]) {
    const browser = door.browser();
    browser.cookies.set('oono-step', token);
    expect(where(await browser.get('/login/second-factor'))).toBe('/login?over=1');
    expect(where(await give(browser, '123456'))).toBe('/login?over=1');
    expect(where(await browser.post('/login/second-factor', { code: '1', next: '/inbox' }))).toBe(
      '/login?over=1&next=%2Finbox',
    );
  }
});

test('a person who was disabled in between does not get in', async () => {
  const { secret } = await turnOn(await door.signedIn());
  const ada = await halfWay();
  const { control } = door.services;
  await control.write('full', [control.sql.update(users).set({ disabledAt: 1 })]);
  expect(where(await give(ada, codeOf(secret)))).toBe('/login?over=1');
});

test('a wrong password and an unknown e-mail look the same, with a second factor too', async () => {
  await turnOn(await door.signedIn());
  const wrong = await door.browser().post('/login', { email: people.ada.email, password: 'a guess' });
  const unknown = await door.browser().post('/login', { email: 'nobody@mbare.example', password: 'a guess' });
  expect([wrong.status, unknown.status]).toEqual([422, 422]);
  expect((await unknown.text()).replace('nobody@mbare.example', people.ada.email)).toBe(await wrong.text());
  expect(wrong.headers.getSetCookie()).toEqual(unknown.headers.getSetCookie());
});
