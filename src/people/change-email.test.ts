import { afterEach, beforeEach, expect, test } from 'bun:test';
import { eq } from 'drizzle-orm';
import { users } from '#src/db/schema/control.ts';
import type { Client } from '#src/testing/client.ts';
import { until } from '#src/testing/until.ts';
import { userRemoveSecondFactor } from './commands.ts';
import { eve, named, type Office, openOffice } from './testing.ts';

let office: Office;
let bo: Client;
let now: number;

const fresh = 'bo.new@mbare.example';
const newPassword = 'orange ladders hum 6';

beforeEach(async () => {
  now = Date.UTC(2026, 10, 23, 8);
  office = await openOffice({ now: () => now });
  bo = await office.as('bo');
});
afterEach(() => office.close());

const emailOfBo = async () => {
  const { sql } = office.services.control;
  return (await sql.select().from(users).where(eq(users.id, office.userIds.bo)))[0];
};

async function mailedPath(email = fresh): Promise<string> {
  expect((await bo.post('/me/email', { email })).headers.get('location')).toBe('/me?said=email');
  const [letter] = await office.lettersTo(email.trim().toLowerCase());
  return letter?.kind === 'new-email' ? new URL(letter.link).pathname : '';
}

test('a new address counts once its link was pressed, and the old one is told', async () => {
  const path = await mailedPath(' BO.new@mbare.example');
  expect((await emailOfBo())?.email).toBe(named.bo.email);
  expect(await (await office.anonymous.get(path)).text()).toContain(fresh);
  expect((await emailOfBo())?.email).toBe(named.bo.email);
  expect(await (await office.anonymous.post(path)).text()).toContain('The address is confirmed');
  expect(await emailOfBo()).toMatchObject({ email: fresh, emailConfirmedAt: now });
  expect((await office.lettersTo(named.bo.email))[0]).toEqual({ kind: 'email-changed', to: fresh, at: now });
  expect((await office.trail())[0]).toMatchObject({
    action: 'email.changed',
    object: `user:${office.userIds.bo}`,
    data: { before: { email: named.bo.email }, after: { email: fresh } },
  });
  expect(await (await office.anonymous.post(path)).text()).toContain('This link was used');
  expect((await office.anonymous.post('/login', { ...named.bo, email: fresh })).status).toBe(303);
});

test('a link that is too old, replaced or guessed changes nothing', async () => {
  const old = await mailedPath();
  const newer = await mailedPath('other@mbare.example');
  expect(await (await office.anonymous.get(old)).text()).toContain('There is a newer link');
  now += 24 * 3_600_000;
  for (const path of [old, newer, `/email/${'A'.repeat(43)}`]) {
    expect((await office.anonymous.post(path)).status).toBe(404);
  }
  expect((await emailOfBo())?.email).toBe(named.bo.email);
});

test('the address of somebody else is not told from a free one, and never taken', async () => {
  expect((await bo.post('/me/email', { email: named.ada.email })).headers.get('location')).toBe(
    '/me?said=email',
  );
  expect(await office.lettersTo(named.ada.email)).toEqual([]);
  const path = await mailedPath();
  await office.add({ ...eve, email: fresh });
  expect((await office.anonymous.post(path)).status).toBe(404);
  expect((await emailOfBo())?.email).toBe(named.bo.email);
});

test('what is no address is refused beside its field', async () => {
  const refused = await bo.post('/me/email', { email: 'bo' });
  expect(refused.status).toBe(422);
  expect(await refused.text()).toContain('Give an e-mail address');
});

test('without mail an admin changes it, and with mail only the person', async () => {
  const ada = await office.as('ada');
  const path = `/settings/people/${office.userIds.bo}`;
  expect(await (await ada.get(path)).text()).not.toContain('Change the address');
  expect((await ada.post(`${path}/email`, { email: fresh })).status).toBe(403);
  office.setMail(false);
  expect((await bo.post('/me/email', { email: fresh })).status).toBe(403);
  expect(await (await bo.get('/me')).text()).toContain('This server sends no mail');
  expect(await (await ada.get(path)).text()).toContain('Change the address');
  expect((await ada.post(`${path}/email`, { email: named.ada.email })).status).toBe(422);
  const done = await ada.post(`${path}/email`, { email: fresh });
  expect(done.headers.get('location')).toBe(`${path}?said=email`);
  expect((await emailOfBo())?.email).toBe(fresh);
  expect((await office.trail())[0]).toMatchObject({
    action: 'email.changed',
    actorId: office.userIds.ada,
    data: { before: { email: named.bo.email }, after: { email: fresh } },
  });
});

test('nobody changes the address of somebody above them', async () => {
  office.setMail(false);
  await office.add(eve, 'admin');
  const admin = await office.signIn(eve);
  const refused = await admin.post(`/settings/people/${office.userIds.ada}/email`, { email: fresh });
  expect(refused.status).toBe(403);
  expect((await office.denials(1))[0]).toMatchObject({ object: 'route:POST /settings/people/:id/email' });
});

async function resetPath(): Promise<string> {
  await office.anonymous.post('/forgot', { email: named.bo.email });
  const letter = await until('the letter', async () =>
    (await office.lettersTo(named.bo.email)).find(({ kind }) => kind === 'reset'),
  );
  return letter.kind === 'reset' ? new URL(letter.link).pathname : '';
}

test.each([
  [
    'a new password that its owner chose',
    async () => {
      const reset = await resetPath();
      await bo.post('/me/password', { old_password: named.bo.password, new_password: newPassword });
      expect((await office.anonymous.post(reset, { password: newPassword })).status).toBe(404);
    },
  ],
  [
    'a new password by a link',
    async () => {
      expect((await office.anonymous.post(await resetPath(), { password: newPassword })).status).toBe(303);
    },
  ],
  [
    'a second factor taken away at the terminal',
    async () => {
      const { control } = office.services;
      const secondFactor = new Uint8Array([1]);
      await control.write('full', [control.sql.update(users).set({ secondFactor })]);
      await userRemoveSecondFactor(office.services, { options: { email: named.bo.email }, stdin: null });
    },
  ],
])('%s ends what somebody else may have asked for in their name', async (_, secure) => {
  const path = await mailedPath('eve@elsewhere.example');
  await secure();
  const late = await office.anonymous.post(path);
  expect([late.status, (await late.text()).includes('This link was withdrawn')]).toEqual([404, true]);
  expect((await emailOfBo())?.email).toBe(named.bo.email);
});
