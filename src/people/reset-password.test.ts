import { afterEach, beforeEach, expect, test } from 'bun:test';
import { eq } from 'drizzle-orm';
import { sessions, tokens, users } from '#src/db/schema/control.ts';
import type { Client } from '#src/testing/client.ts';
import { until } from '#src/testing/until.ts';
import { userRemoveSecondFactor, userResetPassword } from './commands.ts';
import { eve, named, type Office, openOffice, shownPath } from './testing.ts';

let office: Office;
let now: number;

beforeEach(async () => {
  now = Date.UTC(2026, 10, 23, 8);
  office = await openOffice({ now: () => now });
});
afterEach(() => office.close());

const fresh = 'orange ladders hum 6';
const ask = (email: string) => office.anonymous.post('/forgot', { email });
const resetTokens = () => office.services.control.sql.select().from(tokens).where(eq(tokens.kind, 'reset'));
const userOf = async (id: number) =>
  (await office.services.control.sql.select().from(users).where(eq(users.id, id)))[0];

async function mailedPath(email: string): Promise<string> {
  const before = (await office.lettersTo(email)).length;
  await ask(email);
  const letter = await until('the letter', async () => {
    const letters = await office.lettersTo(email);
    return letters.length > before && letters[0];
  });
  return letter.kind === 'reset' ? new URL(letter.link).pathname : '';
}

test('a mailed link sets a new password once, ends all sessions, and tells their owner', async () => {
  const bo = await office.as('bo');
  const { control } = office.services;
  const secondFactor = new Uint8Array([1, 2, 3]);
  await control.write('full', [
    control.sql.update(users).set({ secondFactor }).where(eq(users.id, office.userIds.bo)),
  ]);
  const path = await mailedPath(named.bo.email);
  expect(await (await office.anonymous.get(path)).text()).toContain(named.bo.email);

  const weak = await office.anonymous.post(path, { password: 'short' });
  expect(weak.status).toBe(422);
  expect(await weak.text()).toContain('at least 12 characters');
  const done = await office.anonymous.post(path, { password: fresh });
  expect([done.status, done.headers.get('location')]).toEqual([303, '/reset']);
  expect(done.headers.get('set-cookie')).toBeNull();
  expect(await (await office.anonymous.get('/reset')).text()).toContain('The new password counts');

  expect((await bo.get('/inbox/mine')).status).toBe(303);
  expect(await control.sql.select().from(sessions)).toEqual([]);
  const user = await userOf(office.userIds.bo);
  expect(user?.epoch).toBe(1);
  expect([...(user?.secondFactor ?? [])]).toEqual([1, 2, 3]);
  expect((await office.lettersTo(named.bo.email))[0]).toMatchObject({ kind: 'password-changed', at: now });
  expect((await office.trail())[0]).toMatchObject({
    action: 'password.reset',
    object: `user:${office.userIds.bo}`,
  });
  const again = await office.anonymous.post(path, { password: 'yellow ladders hum 7' });
  expect([again.status, (await again.text()).includes('This link was used')]).toEqual([404, true]);
  expect((await office.anonymous.post('/login', named.bo)).status).toBe(422);
});

test('whoever holds the new password can sign in, and the old one is dead', async () => {
  const path = await mailedPath(named.bo.email);
  await office.anonymous.post(path, { password: fresh });
  expect((await office.anonymous.post('/login', { email: named.bo.email, password: fresh })).status).toBe(
    303,
  );
});

test('two who use a link at once: one sets the password', async () => {
  const path = await mailedPath(named.bo.email);
  const answers = await Promise.all(
    [fresh, 'yellow ladders hum 7'].map((password) => office.anonymous.post(path, { password })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 404]);
  expect((await userOf(office.userIds.bo))?.epoch).toBe(1);
});

test('a link that is too old, replaced or guessed says so and sets nothing', async () => {
  const old = await mailedPath(named.bo.email);
  const newer = await mailedPath(named.bo.email);
  expect(await (await office.anonymous.get(old)).text()).toContain('There is a newer link');
  now += 3_600_000;
  expect(await (await office.anonymous.get(newer)).text()).toContain('This link is too old');
  const guessed = `/reset/${'A'.repeat(43)}`;
  expect(await (await office.anonymous.get(guessed)).text()).toContain('This link is not known here');
  for (const path of [old, newer, guessed]) {
    expect((await office.anonymous.post(path, { password: fresh })).status).toBe(404);
  }
  expect((await userOf(office.userIds.bo))?.epoch).toBe(0);
});

test('whether an address is known shows in no answer, and letters to one address are few', async () => {
  const known = await ask(named.bo.email);
  const unknown = await ask('nobody@mbare.example');
  expect([known.status, unknown.status]).toEqual([200, 200]);
  expect(await unknown.text()).toBe(await known.text());
  for (let tries = 0; tries < 5; tries += 1) {
    expect((await ask(named.bo.email)).status).toBe(200);
  }
  await mailedPath(named.ada.email);
  expect(await office.lettersTo(named.bo.email)).toHaveLength(3);
  expect(await office.lettersTo('nobody@mbare.example')).toEqual([]);
});

test('somebody who asks for many addresses is told to wait', async () => {
  const statuses: number[] = [];
  for (let tries = 0; tries < 25; tries += 1) {
    statuses.push((await ask(`nobody${tries}@mbare.example`)).status);
  }
  expect(statuses.slice(0, 20)).toEqual(Array(20).fill(200));
  expect(statuses.at(-1)).toBe(429);
  now += 60_000;
  expect((await ask('nobody@mbare.example')).status).toBe(200);
});

test('without mail the page says whom to ask, and nothing is made', async () => {
  office.setMail(false);
  expect(await (await office.anonymous.get('/forgot')).text()).toContain('This server sends no mail');
  expect(await (await ask(named.bo.email)).text()).toContain('This server sends no mail');
  expect(await resetTokens()).toEqual([]);
});

test('an admin makes a link for a colleague, sees it once, and it works', async () => {
  const ada = await office.as('ada');
  const made = await ada.post(`/settings/people/${office.userIds.bo}/reset-link`);
  const path = await shownPath(ada, made);
  expect(await (await ada.get(made.headers.get('location') ?? '')).text()).toContain('was shown already');
  expect((await office.anonymous.post(path, { password: fresh })).status).toBe(303);
  expect((await office.trail()).map(({ action }) => action)).toContain('reset_link.made');
});

test('a link shown to one person is not shown to another', async () => {
  await office.add(eve, 'admin');
  const ada = await office.as('ada');
  const made = await ada.post(`/settings/people/${office.userIds.bo}/reset-link`);
  const shown = made.headers.get('location') ?? '';
  const other = await office.signIn(eve);
  expect(await (await other.get(shown)).text()).toContain('was shown already');
  expect(await shownPath(ada, made)).toStartWith('/reset/');
});

test('nobody makes one for an owner above them, for whoever runs the server, or for somebody of another business', async () => {
  await office.add(eve, 'admin');
  const admin = await office.signIn(eve);
  const ada = await office.as('ada');
  const zodwa = await office.asStranger();
  const made = await ada.post('/settings/people/invitations', {
    name: 'Zodwa',
    email: 'zodwa@other.example',
    role: String(await office.roleId('agent')),
  });
  expect((await zodwa.post(await shownPath(ada, made))).status).toBe(303);
  const { control } = office.services;
  const [other] = await control.sql.select().from(users).where(eq(users.email, 'zodwa@other.example'));
  const tries: [Client, number, number][] = [
    [admin, office.userIds.ada, 403],
    [ada, other?.id ?? 0, 403],
    [await office.as('bo'), office.userIds.ada, 403],
    [ada, 4711, 404],
  ];
  for (const [client, userId, status] of tries) {
    expect((await client.post(`/settings/people/${userId}/reset-link`)).status).toBe(status);
  }
  const denied = await office.denials(3);
  expect(new Set(denied.map(({ object }) => object))).toEqual(
    new Set(['route:POST /settings/people/:id/reset-link']),
  );
  expect(denied.map(({ actorId }) => actorId)).toContain(office.userIds.bo);
  await control.write('full', [
    control.sql.update(users).set({ isOperator: true }).where(eq(users.id, office.userIds.bo)),
  ]);
  expect((await admin.post(`/settings/people/${office.userIds.bo}/reset-link`)).status).toBe(403);
  expect(await resetTokens()).toEqual([]);
});

test('the command line makes a link for anybody, and a path where no public address is known', async () => {
  const run = (email: string) => userResetPassword(office.services, { options: { email }, stdin: null });
  const made = await run(' BO@mbare.example ');
  const link = 'link' in made ? made.link : '';
  expect(link).toMatch(new RegExp(`^${office.url}/reset/[\\w-]{43}$`));
  expect((await office.anonymous.post(new URL(link).pathname, { password: fresh })).status).toBe(303);
  const config = { ...office.services.config, url: null };
  const bare = await userResetPassword(
    { ...office.services, config },
    { options: { email: named.bo.email }, stdin: null },
  );
  expect(bare).toEqual({ path: expect.stringMatching(/^\/reset\/[\w-]{43}$/) });
  expect(run('nobody@mbare.example')).rejects.toThrow('Nobody signs in with this address here.');
});

test('the command line takes the second factor from whoever has lost it, and all their sessions end', async () => {
  const { control, live } = office.services;
  const run = (email: string) =>
    userRemoveSecondFactor({ ...office.services, live }, { options: { email }, stdin: null });
  const [before] = await control.sql.select().from(users).where(eq(users.email, named.bo.email));
  const id = before?.id ?? 0;
  await control.write('full', [
    control.sql
      .update(users)
      .set({ secondFactor: new Uint8Array([1]) })
      .where(eq(users.id, id)),
  ]);
  expect(await run(' BO@mbare.example ')).toEqual({ email: named.bo.email });
  expect(await userOf(id)).toMatchObject({ secondFactor: null, epoch: (before?.epoch ?? 0) + 1 });
  expect(await control.sql.select().from(sessions).where(eq(sessions.userId, id))).toEqual([]);
  expect(run(named.bo.email)).rejects.toThrow('has no second factor');
  expect(run('nobody@mbare.example')).rejects.toThrow('Nobody signs in with this address here.');
});
