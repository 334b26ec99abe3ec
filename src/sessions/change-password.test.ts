import { afterEach, beforeEach, expect, test } from 'bun:test';
import { people } from '#src/testing/people.ts';
import { type Door, openDoor } from './testing-door.ts';

const FRESH = 'paper lanterns in june';

let door: Door;
beforeEach(async () => {
  door = await openDoor();
});
afterEach(() => door.close());

const change = (browser: ReturnType<Door['browser']>, old_password: string, new_password: string) =>
  browser.post('/me/password', { old_password, new_password });

test('a new password for the old one ends all other sessions, is mailed and audited', async () => {
  const [laptop, phone, bo] = [await door.signedIn(), await door.signedIn(), await door.signedIn(people.bo)];
  const changed = await change(laptop, people.ada.password, FRESH);
  expect([changed.status, changed.headers.get('location')]).toEqual([303, '/me/password?said=changed']);
  expect([await laptop.isIn(), await phone.isIn(), await bo.isIn()]).toEqual([true, false, true]);
  expect((await door.browser().signIn()).status).toBe(422);
  expect((await door.browser().signIn({ email: people.ada.email, password: FRESH })).status).toBe(303);
  expect(await door.letters()).toContainEqual({
    to: people.ada.email,
    kind: 'password-changed',
    at: door.clock.now,
    address: '127.0.0.1',
  });
  expect(door.mail.woken).toBeGreaterThan(0);
  expect(await door.actions()).toContain('password.changed');
  expect((await door.user(door.ada)).epoch).toBe(1);
});

test('without a mail server nothing is queued', async () => {
  const ada = await door.signedIn();
  door.mail.canSend = false;
  await change(ada, people.ada.password, FRESH);
  expect(await door.letters()).toEqual([]);
  expect(door.mail.woken).toBe(0);
});

test.each([
  ['not the old one', 'a guess', FRESH, 'not your password'],
  ['somebody else’s', people.bo.password, FRESH, 'not your password'],
  ['the same again', people.ada.password, people.ada.password, 'the one you have'],
  ['too short', people.ada.password, 'short one', 'at least 12'],
  ['too long', people.ada.password, `Kq9!${'wx7'.repeat(400)}`, 'at most 1024'],
  ['well known', people.ada.password, 'Sunshine2024!', 'stolen elsewhere'],
  ['the business and the person', people.ada.password, 'MbareMarketAda1', 'easy to guess'],
])('%s is refused with a sentence, and nothing typed comes back', async (_what, old, fresh, why) => {
  const ada = await door.signedIn();
  const answer = await change(ada, old, fresh);
  expect(answer.status).toBe(422);
  const page = await answer.text();
  expect(page).toContain(why);
  expect(page).not.toContain(fresh);
  expect((await door.user(door.ada)).epoch).toBe(0);
  expect(await door.actions()).not.toContain('password.changed');
});

test('of two changes at once only one happens', async () => {
  const [one, other] = [await door.signedIn(), await door.signedIn()];
  const answers = await Promise.all([
    change(one, people.ada.password, FRESH),
    change(other, people.ada.password, 'seven paper boats at sea'),
  ]);
  const done = answers.filter(({ headers }) => headers.get('location') === '/me/password?said=changed');
  expect(done).toHaveLength(1);
  expect((await door.user(door.ada)).epoch).toBe(1);
});

test('guessing the old password waits longer and longer, and then has to be left', async () => {
  const ada = await door.signedIn();
  const statuses: number[] = [];
  for (let tries = 0; tries < 7; tries += 1) {
    statuses.push((await change(ada, 'a guess', FRESH)).status);
  }
  expect(statuses).toEqual([422, 422, 422, 422, 422, 422, 429]);
  expect(door.waits).toEqual([1000, 3000, 7000]);
  expect((await ada.post('/me/proof', { password: people.ada.password })).status).toBe(429);
  door.clock.now += 16_000;
  expect((await change(ada, people.ada.password, FRESH)).status).toBe(303);
});
