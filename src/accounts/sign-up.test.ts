import { afterEach, beforeEach, expect, test } from 'bun:test';
import { eq } from 'drizzle-orm';
import { accounts, users } from '#src/db/schema/control.ts';
import { cookieOf, named, type Office, openOffice } from '#src/people/testing.ts';
import { until } from '#src/testing/until.ts';

let office: Office;
let now: number;
const email = 'rudo@ruwa.example';
const owner = {
  account_name: 'Ruwa Farm',
  business_name: '',
  time_zone: 'Africa/Harare',
  name: 'Rudo Chirwa',
  password: 'tall maize in june 3',
};

beforeEach(() => begin());
afterEach(() => office.close());

async function begin(env: Record<string, string> = { OONOBOX_SIGNUPS: 'open' }) {
  now = Date.UTC(2026, 10, 23, 8);
  office = await openOffice({ now: () => now, env });
}

const ask = (fields: Record<string, string> = {}) =>
  office.anonymous.post('/signup', { name: 'Ruwa Farm', email, ...fields });

async function mailedPath(): Promise<string> {
  const before = (await office.lettersTo(email)).length;
  await ask();
  const letter = await until('the letter', async () => {
    const letters = await office.lettersTo(email);
    return letters.length > before && letters[0];
  });
  return letter.kind === 'confirmation' ? new URL(letter.link).pathname : '';
}

const businesses = async () => (await office.services.control.sql.select().from(accounts)).length;

test('a business is made only after its address was confirmed, and its owner is in at once', async () => {
  const path = await mailedPath();
  expect(await businesses()).toBe(1);
  const form = await (await office.anonymous.get(path)).text();
  expect(form).toContain('value="Ruwa Farm"');
  expect(form).toContain(`value="${email}"`);

  const refused = await office.anonymous.post(path, { ...owner, password: 'short' });
  expect(refused.status).toBe(422);
  expect(await refused.text()).toContain('value="Rudo Chirwa"');
  const made = await office.anonymous.post(path, { ...owner, email: 'eve@elsewhere.example' });
  expect([made.status, made.headers.get('location')]).toEqual([303, '/']);
  const inbox = await office.anonymous.get('/inbox/mine', { cookie: cookieOf(made) });
  expect(await inbox.text()).toContain('Ruwa Farm');
  await office.signIn({ email, password: owner.password });
  expect((await office.lettersTo(email))[0]?.kind).toBe('new-device');
  const [user] = await office.services.control.sql.select().from(users).where(eq(users.email, email));
  expect(user).toMatchObject({ isOperator: false, emailConfirmedAt: now });
  expect(await (await office.anonymous.post(path, owner)).text()).toContain('This link was used');
  expect(await businesses()).toBe(2);
});

test('a link that is too old, replaced or guessed makes nothing', async () => {
  const old = await mailedPath();
  const newer = await mailedPath();
  expect(await (await office.anonymous.get(old)).text()).toContain('There is a newer link');
  now += 24 * 3_600_000;
  for (const path of [old, newer, `/signup/${'A'.repeat(43)}`]) {
    expect((await office.anonymous.post(path, owner)).status).toBe(404);
  }
  expect(await businesses()).toBe(1);
});

test('an address that signs in already gets the same answer and no letter', async () => {
  const known = await ask({ email: named.ada.email });
  const unknown = await ask();
  expect([known.status, await known.text()]).toEqual([200, await unknown.text()]);
  await until('the other letter', async () => (await office.lettersTo(email)).length > 0);
  expect(await office.lettersTo(named.ada.email)).toEqual([]);
});

test('what cannot be taken is refused beside its field, and too much is told to wait', async () => {
  const refused = await ask({ email: 'rudo', name: ' ' });
  expect(refused.status).toBe(422);
  expect(await refused.text()).toContain('Give an e-mail address');
  const statuses: number[] = [];
  for (let tries = 0; tries < 25; tries += 1) {
    statuses.push((await ask({ email: `rudo${tries}@ruwa.example` })).status);
  }
  expect(statuses.at(0)).toBe(200);
  expect(statuses.at(-1)).toBe(429);
});

test('without mail it is not offered', async () => {
  office.setMail(false);
  expect((await office.anonymous.get('/signup')).status).toBe(404);
  expect((await ask()).status).toBe(404);
});

test.each(['first', 'closed'])('with sign-ups “%s” there is no such page', async (policy) => {
  await office.close();
  await begin({ OONOBOX_SIGNUPS: policy });
  expect((await office.anonymous.get('/signup')).status).toBe(404);
  expect((await ask()).status).toBe(404);
});
