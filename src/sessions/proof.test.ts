import { afterEach, beforeEach, expect, test } from 'bun:test';
import { sessions } from '#src/db/schema/control.ts';
import { Forbidden, Problem } from '#src/errors.ts';
import { fullSight } from '#src/people/viewer.ts';
import { asFragment } from '#src/testing/client.ts';
import { people } from '#src/testing/people.ts';
import { findSession } from './find-session.ts';
import { PROOF_MS } from './limits.ts';
import { demandProof } from './proof.ts';
import { type Door, openDoor } from './testing-door.ts';

const FROM = 'http://localhost/me/second-factor';

let door: Door;
beforeEach(async () => {
  door = await openDoor();
});
afterEach(() => door.close());

const prove = (browser: ReturnType<Door['browser']>, fields: Record<string, string>) =>
  browser.post('/me/proof', { next: '/me/second-factor', again: '1', ...fields });
const where = (answer: Response) => answer.headers.get('location');

test('a proof holds for ten minutes, and one from the future for none', () => {
  const viewer = {
    kind: 'person',
    accountId: 1,
    userId: 2,
    name: 'Ada',
    permissions: new Set(),
    sight: fullSight,
  } as const;
  const now = 1_800_000_000_000;
  demandProof({ ...viewer, permissions: new Set(), provenAt: now }, now);
  demandProof({ ...viewer, permissions: new Set(), provenAt: now - PROOF_MS + 1 }, now);
  for (const provenAt of [now - PROOF_MS, now + 1, 0, null, undefined]) {
    const asked = () =>
      demandProof(
        { ...viewer, permissions: new Set(), ...(provenAt === undefined ? {} : { provenAt }) },
        now,
      );
    expect(asked, String(provenAt)).toThrow(Problem);
  }
  const key = { kind: 'key', accountId: 1, keyId: 3, name: 'Robot', permissions: new Set<never>() } as const;
  expect(() => demandProof(key, now)).toThrow(Forbidden);
});

test('signing in is a proof; after ten minutes a change asks for another and leads back to its page', async () => {
  const ada = await door.signedIn();
  expect(where(await ada.post('/me/second-factor/secret'))).toBe('/me/second-factor/secret');
  door.clock.now += PROOF_MS;
  const asked = await ada.post('/me/second-factor/secret', {}, { referer: FROM });
  expect([asked.status, where(asked)]).toEqual([303, '/me/proof?next=%2Fme%2Fsecond-factor&again=1']);

  const page = await (await ada.get(where(asked) ?? '')).text();
  expect(page).toContain('press the button there again');
  const proven = await prove(ada, { password: people.ada.password });
  expect([proven.status, where(proven)]).toEqual([303, '/me/second-factor?said=proven']);
  expect(await (await ada.get(where(proven) ?? '')).text()).toContain('Press the button again');
  expect(where(await ada.post('/me/second-factor/secret'))).toBe('/me/second-factor/secret');
  expect(await door.actions()).toContain('session.proven');
});

test('htmx is led there as well, by an answer that no script takes for done', async () => {
  const ada = await door.signedIn();
  door.clock.now += PROOF_MS;
  const asked = await ada.post('/me/second-factor/secret', {}, { ...asFragment, 'hx-current-url': FROM });
  expect([asked.status, asked.headers.get('hx-redirect')]).toEqual([
    403,
    '/me/proof?next=%2Fme%2Fsecond-factor&again=1',
  ]);
});

test('a proof gives the session a new token, and the old one is dead', async () => {
  const ada = await door.signedIn();
  const old = ada.cookies.get('oono') ?? '';
  const [before] = await door.services.control.sql.select().from(sessions);
  door.clock.now += 60_000;
  await prove(ada, { password: people.ada.password });
  expect(ada.cookies.get('oono')).not.toBe(old);
  expect(await ada.isIn()).toBe(true);
  const thief = door.browser();
  thief.cookies.set('oono', old);
  expect(await thief.isIn()).toBe(false);
  const [after, ...others] = await door.services.control.sql.select().from(sessions);
  expect(others).toEqual([]);
  expect(after).toMatchObject({
    createdAt: before?.createdAt ?? 0,
    agent: before?.agent ?? '',
    provenAt: door.clock.now,
  });
});

test('a socket that was open before goes on, until its session ends', async () => {
  const ada = await door.signedIn();
  const asSocket = new Request('http://localhost/live', {
    headers: { cookie: `oono=${ada.cookies.get('oono')}` },
  });
  expect(await findSession(door.services, asSocket, 'look')).not.toBeNull();
  const late = new Request('http://localhost/live', {
    headers: { cookie: `oono=${ada.cookies.get('oono')}` },
  });
  await prove(ada, { password: people.ada.password });
  await prove(ada, { password: people.ada.password });
  expect((await findSession(door.services, asSocket, 'look'))?.viewer.userId).toBe(door.ada);
  expect(await findSession(door.services, late, 'look')).toBeNull();
  await ada.post('/logout');
  expect(await findSession(door.services, asSocket, 'look')).toBeNull();
});

test('neither a wrong password nor another person’s proves anything, and guessing is slowed down', async () => {
  const ada = await door.signedIn();
  const old = ada.cookies.get('oono');
  door.clock.now += PROOF_MS;
  for (const password of ['', people.bo.password, 'a guess']) {
    const answer = await prove(ada, { password });
    expect(answer.status).toBe(422);
    expect(await answer.text()).not.toContain('a guess');
  }
  expect((await prove(ada, { code: '000000' })).status).toBe(422);
  expect(ada.cookies.get('oono')).toBe(old);
  expect(where(await ada.post('/me/second-factor/secret'))).toStartWith('/me/proof');
});

test('nobody is led to another site, or around in circles', async () => {
  const ada = await door.signedIn();
  for (const next of ['https://evil.example', '//evil.example', '/\\evil.example']) {
    expect(where(await ada.post('/me/proof', { password: people.ada.password, next }))).toBe('/');
  }
  door.clock.now += PROOF_MS;
  for (const referer of [
    'https://evil.example//evil.example',
    'nonsense',
    'http://localhost/me/proof?next=%2F',
  ]) {
    const asked = await ada.post('/me/second-factor/secret', {}, { referer });
    expect(where(asked), referer).toBe('/me/proof?next=%2F&again=1');
  }
});

test('when the clock is set back, a proof lasts neither longer nor shorter for it', async () => {
  const ada = await door.signedIn();
  door.clock.now += 61_000;
  expect(await ada.isIn()).toBe(true);
  door.clock.now -= 24 * 60 * 60_000;
  expect(await ada.isIn()).toBe(true);
  door.clock.now += PROOF_MS - 61_000 - 1;
  expect(where(await ada.post('/me/second-factor/secret'))).toBe('/me/second-factor/secret');
  door.clock.now += 1;
  expect(where(await ada.post('/me/second-factor/secret'))).toStartWith('/me/proof');
});

test('whoever is not signed in is led to sign in', async () => {
  for (const path of [
    '/me/proof',
    '/me/sessions',
    '/me/password',
    '/me/second-factor',
    '/me/second-factor/secret',
  ]) {
    expect(where(await door.browser().get(path))).toBe(`/login?next=${encodeURIComponent(path)}`);
  }
});

test('in a demonstration, where nobody has a password, nothing has to be proven', async () => {
  await door.close();
  door = await openDoor({ isDemo: true });
  const ada = await door.signedIn();
  door.clock.now += PROOF_MS;
  expect(where(await ada.post('/me/second-factor/secret'))).toBe('/me/second-factor/secret');
});
