import { afterEach, beforeEach, expect, test } from 'bun:test';
import { devices } from '#src/db/schema/control.ts';
import { people } from '#src/testing/people.ts';
import { type Door, openDoor } from './testing-door.ts';

let door: Door;
beforeEach(async () => {
  door = await openDoor();
});
afterEach(() => door.close());

const told = async () => (await door.letters()).filter(({ kind }) => kind === 'new-device');

test('the first browser of all needs no telling, another one does, a known one does not', async () => {
  const first = await door.signedIn();
  expect(await told()).toEqual([]);
  await door.browser('Opera/9').signIn();
  expect(await told()).toEqual([
    { to: people.ada.email, kind: 'new-device', at: door.clock.now, address: '127.0.0.1', agent: 'Opera/9' },
  ]);
  expect(door.mail.woken).toBe(1);
  await first.post('/logout');
  await first.signIn();
  expect(await told()).toHaveLength(1);
});

test('a browser that somebody else has signed in with is new to the next person', async () => {
  await door.signedIn(people.bo);
  const shared = await door.signedIn();
  await shared.post('/logout');
  await shared.signIn(people.bo);
  expect((await told()).map(({ to }) => to)).toEqual([people.bo.email]);
});

test('a made-up cookie is no known browser, and only its hash is kept', async () => {
  await door.signedIn();
  const forger = door.browser();
  forger.cookies.set('oono-device', 'A'.repeat(43));
  await forger.signIn();
  expect(await told()).toHaveLength(1);
  const rows = await door.services.control.sql.select().from(devices);
  expect(rows.map(({ hash }) => hash)).not.toContain('A'.repeat(43));
});

test('without a mail server, and for a wrong password, nobody is told', async () => {
  await door.signedIn();
  await door.browser().signIn({ email: people.ada.email, password: 'a guess' });
  door.mail.canSend = false;
  await door.browser().signIn();
  expect(await told()).toEqual([]);
  expect(await door.services.control.sql.select().from(devices)).toHaveLength(2);
});

test('a browser is forgotten after a year', async () => {
  const first = await door.signedIn();
  door.clock.now += 366 * 24 * 60 * 60_000;
  await door.browser().signIn();
  expect(await door.services.control.sql.select().from(devices)).toHaveLength(1);
  await first.signIn();
  expect(await told()).toHaveLength(2);
});

test('a request that claims another address is believed neither in the letter nor in the list', async () => {
  await door.signedIn();
  const liar = door.browser();
  const claims = {
    'x-forwarded-for': '198.51.100.7',
    'x-real-ip': '198.51.100.7',
    forwarded: 'for=198.51.100.7',
  };
  await liar.post('/login', { email: people.ada.email, password: people.ada.password }, claims);
  expect((await told()).map(({ address }) => address)).toEqual(['127.0.0.1']);
  expect(await (await liar.get('/me/sessions', claims)).text()).not.toContain('198.51.100.7');
});
