import { afterEach, beforeEach, expect, test } from 'bun:test';
import { sessions } from '#src/db/schema/control.ts';
import { people } from '#src/testing/people.ts';
import { MOST_SESSIONS } from './limits.ts';
import { endSessionsOf } from './own-sessions.ts';
import { type Door, openDoor } from './testing-door.ts';

const PHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1';

let door: Door;
beforeEach(async () => {
  door = await openDoor();
});
afterEach(() => door.close());

type Browser = ReturnType<Door['browser']>;

const endings = async (browser: Browser) =>
  [...(await (await browser.get('/me/sessions')).text()).matchAll(/action="(\/me\/sessions\/\w+\/ending)"/g)]
    .map(([, action = '']) => action)
    .filter((action) => action !== '/me/sessions/others/ending');

test('one sees where one is signed in, and ends one of them', async () => {
  const laptop = await door.signedIn();
  const phone = await door.signedIn(people.ada, PHONE);
  await door.signedIn(people.bo, PHONE);
  const page = await (await laptop.get('/me/sessions')).text();
  expect(page).toContain('Firefox on Linux');
  expect(page).toContain('Safari on iPhone');
  expect(page).toContain('127.0.0.1');
  expect(page.match(/This one/g)).toHaveLength(1);

  const [ending = '', ...others] = await endings(laptop);
  expect(others).toEqual([]);
  expect((await laptop.post(ending)).headers.get('location')).toBe('/me/sessions?said=ended');
  expect([await laptop.isIn(), await phone.isIn()]).toEqual([true, false]);
  expect(door.revalidated).toContain(door.ada);
  expect(await door.actions()).toContain('session.ended');
});

test('all others end at once, and nobody else’s', async () => {
  const [laptop, phone, bo] = [await door.signedIn(), await door.signedIn(), await door.signedIn(people.bo)];
  await laptop.post('/me/sessions/others/ending');
  expect([await laptop.isIn(), await phone.isIn(), await bo.isIn()]).toEqual([true, false, true]);
  expect(await door.actions()).toContain('session.others_ended');
});

test('somebody else’s session cannot be ended, by none of its names', async () => {
  const ada = await door.signedIn();
  const bo = await door.signedIn(people.bo);
  await door.signedIn();
  const [adasOther = ''] = await endings(ada);
  const rows = await door.services.control.sql.select().from(sessions);
  const adas = rows.find(({ userId }) => userId === door.ada)?.idHash ?? '';
  const guesses = [
    adasOther,
    `/me/sessions/${adas}/ending`,
    `/me/sessions/${ada.cookies.get('oono')}/ending`,
  ];
  for (const path of [...guesses, '/me/sessions/0/ending', `/me/sessions/${'a'.repeat(500)}/ending`]) {
    expect((await bo.post(path)).status, path).toBe(404);
  }
  expect(await ada.isIn()).toBe(true);
  expect(await door.actions()).not.toContain('session.ended');
});

test('nothing on the page opens a session', async () => {
  const ada = await door.signedIn();
  const page = await (await ada.get('/me/sessions')).text();
  const [row] = await door.services.control.sql.select().from(sessions);
  expect(page).not.toContain(row?.idHash ?? 'nothing');
  expect(page).not.toContain(ada.cookies.get('oono') ?? 'nothing');
});

test('at the twenty-first sign-in the session that was unused the longest ends', async () => {
  const browsers: Browser[] = [];
  for (let count = 0; count < MOST_SESSIONS; count += 1) {
    door.clock.now += 1_000;
    browsers.push(await door.signedIn());
  }
  door.clock.now += 1_000;
  expect(await browsers[0]?.isIn()).toBe(true);
  door.clock.now += 1_000;
  const newest = await door.signedIn();
  expect(await newest.isIn()).toBe(true);
  expect(await Promise.all(browsers.map((browser) => browser.isIn()))).toEqual(
    browsers.map((_, index) => index !== 1),
  );
});

test('all sessions of somebody end for whoever manages people, and it says who did it', async () => {
  const [one, other, bo] = [await door.signedIn(), await door.signedIn(), await door.signedIn(people.bo)];
  await endSessionsOf(door.services, door.ada, { kind: 'command' });
  expect([await one.isIn(), await other.isIn(), await bo.isIn()]).toEqual([false, false, true]);
  expect(door.revalidated).toContain(door.ada);
  expect(await door.actions()).toContain('session.all_ended');
});

test('a session that is over is not listed', async () => {
  const old = await door.signedIn();
  door.clock.now += 11 * 60 * 60_000;
  const fresh = await door.signedIn();
  expect(await endings(fresh)).toHaveLength(1);
  door.clock.now += 2 * 60 * 60_000;
  expect(await endings(fresh)).toEqual([]);
  expect(await old.isIn()).toBe(false);
});
