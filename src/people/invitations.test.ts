import { afterEach, beforeEach, expect, test } from 'bun:test';
import { eq } from 'drizzle-orm';
import { memberships, tokens, users } from '#src/db/schema/control.ts';
import { PROOF_MS } from '#src/sessions/limits.ts';
import type { Client } from '#src/testing/client.ts';
import { expectErrorInLog } from '#src/testing/log.ts';
import { cookieOf, eve, named, type Office, openOffice, postAll, shownPath } from './testing.ts';

let office: Office;
let ada: Client;
let now: number;

beforeEach(async () => {
  now = Date.UTC(2026, 10, 23, 8);
  office = await openOffice({ now: () => now });
  ada = await office.as('ada');
});
afterEach(() => office.close());

const form = async (changes: Record<string, string> = {}) => ({
  name: eve.name,
  email: eve.email,
  role: String(await office.roleId('agent')),
  ...changes,
});
const invite = async (changes: Record<string, string> = {}, by = ada) =>
  by.post('/settings/people/invitations', await form(changes));
const invitedPath = async () => shownPath(ada, await invite());
const openTokens = () => office.services.control.sql.select().from(tokens).where(eq(tokens.kind, 'invite'));
const userNamed = async (email: string) =>
  (await office.services.control.sql.select().from(users).where(eq(users.email, email)))[0];

test('somebody new is invited by mail and by a link shown once, joins, and can work at once', async () => {
  const team = await office.makeTeam('Sales');
  const made = await postAll(office, ada, '/settings/people/invitations', [
    ...Object.entries(await form()),
    ['teams', String(team)],
  ]);
  expect(made.status).toBe(303);
  const shown = made.headers.get('location') ?? '';
  const page = await (await ada.get(shown)).text();
  const [, link = ''] = page.match(/(http:\/\/[^\s<]+\/invite\/[\w-]{43})/) ?? [];
  expect(await (await ada.get(shown)).text()).toContain('This link was shown already');

  const [letter] = await office.lettersTo(eve.email);
  expect(letter).toEqual({
    kind: 'invitation',
    account: 'Mbare Hardware',
    by: named.ada.name,
    link,
    until: now + 72 * 3_600_000,
  });
  expect(office.wakes()).toBe(1);
  const list = await (await ada.get('/settings/people')).text();
  expect(list).toContain(eve.email);
  expect(list).not.toContain(new URL(link).pathname);

  const path = new URL(link).pathname;
  const door = await (await office.anonymous.get(path)).text();
  expect(door).toContain(`${named.ada.name} invites you into Mbare Hardware`);
  expect(door).toContain(`value="${eve.name}"`);
  const joined = await office.anonymous.post(path, { name: 'Eve B.', password: eve.password });
  expect([joined.status, joined.headers.get('location')]).toEqual([303, '/']);
  const session = { cookie: cookieOf(joined) };
  const inbox = await office.anonymous.get('/inbox/mine', session);
  expect(inbox.status).toBe(200);
  expect(await inbox.text()).toContain('Eve B.');
  const after = await (await ada.get('/settings/people')).text();
  expect(after).toContain('Sales');
  expect(after).toContain('Nobody is invited just now.');
  expect((await office.trail()).slice(0, 4).map(({ action }) => action)).toEqual(
    expect.arrayContaining(['session.began', 'member.joined', 'invitation.made']),
  );
  // The browser they joined with is theirs: a sign-in from another one is told, also the first.
  await office.signIn(eve, /oono-device=[\w-]+/.exec(cookieOf(joined))?.[0]);
  expect((await office.lettersTo(eve.email)).map(({ kind }) => kind)).toEqual(['invitation']);
  await office.signIn(eve);
  expect((await office.lettersTo(eve.email))[0]?.kind).toBe('new-device');
});

test('without mail the link alone is made, and nothing is queued', async () => {
  office.setMail(false);
  const path = await invitedPath();
  expect(path).toStartWith('/invite/');
  expect(await office.lettersTo(eve.email)).toEqual([]);
  expect((await office.anonymous.get(path)).status).toBe(200);
});

test('a link works once', async () => {
  const path = await invitedPath();
  const answers = await Promise.all(
    [1, 2].map(() => office.anonymous.post(path, { name: eve.name, password: eve.password })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 404]);
  const again = await office.anonymous.get(path);
  expect(again.status).toBe(404);
  expect(await again.text()).toContain('This link was used');
  const user = await userNamed(eve.email);
  const rows = await office.services.control.sql.select().from(memberships);
  expect(rows.filter(({ userId }) => userId === user?.id)).toHaveLength(1);
});

test('a link that is too old, was withdrawn, replaced or guessed says so, and lets nobody in', async () => {
  const first = await invitedPath();
  const [open] = await openTokens();
  const renewed = await ada.post(`/settings/people/invitations/${open?.id}/renewal`);
  const second = await shownPath(ada, renewed);
  expect(await (await office.anonymous.get(first)).text()).toContain('There is a newer link');
  now += 72 * 3_600_000;
  expect(await (await office.anonymous.get(second)).text()).toContain('This link is too old');
  ada = await office.as('ada');
  expect(await (await ada.get('/settings/people')).text()).toContain('Expired');
  const third = await invitedPath();
  const withdrawn = (await openTokens()).at(-1);
  const answer = await ada.post(`/settings/people/invitations/${withdrawn?.id}/withdrawal`);
  expect(answer.headers.get('location')).toBe('/settings/people?said=withdrawn');
  expect(await (await office.anonymous.get(third)).text()).toContain('This link was withdrawn');
  for (const path of [first, second, third, `/invite/${'A'.repeat(43)}`]) {
    const refused = await office.anonymous.post(path, { name: eve.name, password: eve.password });
    expect(refused.status).toBe(404);
    expect(refused.headers.get('set-cookie')).toBeNull();
  }
  expect(await userNamed(eve.email)).toBeUndefined();
});

test('nobody gives a role that may do more than theirs, and only an owner makes an owner', async () => {
  const lead = await office.makeRole('Lead', 'conversations.read people.manage');
  await office.add({ name: 'Lee', email: 'lee@mbare.example', password: 'round tables turn 9' });
  await office.add({ name: 'Abel', email: 'abel@mbare.example', password: 'square tables turn 9' }, 'admin');
  const leeId = (await userNamed('lee@mbare.example'))?.id;
  await ada.post(`/settings/people/${leeId}/place`, { role: String(lead) });
  const lee = await office.signIn({ email: 'lee@mbare.example', password: 'round tables turn 9' });
  const abel = await office.signIn({ email: 'abel@mbare.example', password: 'square tables turn 9' });

  const offered = await (await lee.get('/settings/people/invitations/new')).text();
  expect(offered).toContain('>Lead<');
  expect(offered).not.toContain('>Agent<');
  for (const [client, role] of [
    [lee, 'agent'],
    [lee, 'admin'],
    [abel, 'owner'],
  ] as const) {
    const refused = await invite({ role: String(await office.roleId(role)) }, client);
    expect(refused.status).toBe(403);
    expect(await refused.text()).toContain('may do or see more than yours');
  }
  expect(await openTokens()).toEqual([]);
  expect(await office.denials(2)).toHaveLength(2);
  expect((await invite({ role: String(lead) }, lee)).status).toBe(303);
  expect((await invite({ role: String(await office.roleId('admin')) }, abel)).status).toBe(303);
});

test('a borrowed session invites nobody, makes no link anew and takes nobody out: all ask for a proof', async () => {
  await invite();
  const [open] = await openTokens();
  const renewal = `/settings/people/invitations/${open?.id}/renewal`;
  now += PROOF_MS;
  const proof = '/me/proof?next=';
  expect((await invite({ email: 'mallory@elsewhere.example' })).headers.get('location')).toStartWith(proof);
  expect((await ada.post(renewal)).headers.get('location')).toStartWith(proof);
  const form = await ada.get('/settings/people/invitations/new');
  expect(form.headers.get('location')).toBe(`${proof}%2Fsettings%2Fpeople%2Finvitations%2Fnew`);
  const leaving = `/settings/people/${office.userIds.bo}/deactivation`;
  // Asked for before anything is ticked, so that no choice is lost on the way.
  const asked = `${proof}${encodeURIComponent(leaving)}`;
  expect((await ada.get(leaving)).headers.get('location')).toBe(asked);
  expect((await ada.post(leaving)).headers.get('location')).toStartWith(proof);
  const owning = await ada.get(`/settings/people/${office.userIds.bo}/ownership`);
  expect(owning.headers.get('location')).toStartWith(proof);
  expect((await (await office.as('bo')).get('/inbox/mine')).status).toBe(200);
  // Where a choice was lost on the way, the page says so: the old one stands there again.
  for (const [page, action] of [
    [`/settings/people/${office.userIds.bo}`, `/settings/people/${office.userIds.bo}/place`],
    [`/settings/roles/${await office.roleId('agent')}`, `/settings/roles/${await office.roleId('agent')}`],
  ] as const) {
    const away = await ada.post(
      action,
      { role: String(await office.roleId('admin')) },
      {
        referer: `${office.url}${page}`,
      },
    );
    expect(away.headers.get('location')).toBe(`${proof}${encodeURIComponent(page)}&again=1`);
    expect(await (await ada.get(`${page}?said=proven`)).text()).toContain('Nothing is changed yet');
  }
  expect(await openTokens()).toHaveLength(1);
  expect(await (await ada.get('/settings/people?said=proven')).text()).toContain('Nothing is changed yet');
  const proven = await office.as('ada');
  for (const page of ['/settings/people/invitations/new', leaving]) {
    const text = await (await proven.get(`${page}?said=proven`)).text();
    expect(text).toContain('Nothing is changed yet');
    expect(text).toContain('id="i-okc"');
  }
});

test('an invitation lets nobody in any more once whoever made it may not give that role', async () => {
  await office.add({ name: 'Abel', email: 'abel@mbare.example', password: 'square tables turn 9' }, 'admin');
  const abelId = (await userNamed('abel@mbare.example'))?.id;
  const abel = await office.signIn({ email: 'abel@mbare.example', password: 'square tables turn 9' });
  const path = await shownPath(abel, await invite({ role: String(await office.roleId('admin')) }, abel));
  expect((await office.anonymous.get(path)).status).toBe(200);
  await ada.post(`/settings/people/${abelId}/place`, { role: String(await office.roleId('agent')) });
  expect(await (await office.anonymous.get(path)).text()).toContain('This link was withdrawn');
  const late = await office.anonymous.post(path, { name: eve.name, password: eve.password });
  expect([late.status, late.headers.get('set-cookie')]).toEqual([404, null]);
  expect(await userNamed(eve.email)).toBeUndefined();
  // Somebody who may give it makes the link anew.
  const [open] = await openTokens();
  const renewed = await shownPath(ada, await ada.post(`/settings/people/invitations/${open?.id}/renewal`));
  const joined = await office.anonymous.post(renewed, { name: eve.name, password: eve.password });
  expect(joined.status).toBe(303);
});

test('an agent invites nobody, and the try is in the audit trail', async () => {
  const bo = await office.as('bo');
  expect((await invite({}, bo)).status).toBe(403);
  expect((await office.denials(1))[0]).toMatchObject({
    object: 'route:POST /settings/people/invitations',
    actorId: office.userIds.bo,
  });
});

test.each([
  [{ email: 'eve' }, 'Give an e-mail address'],
  [{ name: ' ' }, 'Give a name'],
  [{ role: '1' }, 'Choose a role from the list'],
  [{ role: 'owner' }, 'Choose a role from the list'],
  [{ teams: '77' }, 'one of these is gone'],
  [{ email: named.bo.email }, 'in the team already'],
])('%j is refused beside its field, and what was typed stays', async (changes, says) => {
  const refused = await invite(changes);
  expect(refused.status).toBe(422);
  const page = await refused.text();
  expect(page).toContain(says);
  expect(page).toContain(`value="${'email' in changes ? changes.email : eve.email}"`);
  expect(await openTokens()).toEqual([]);
});

test('somebody who works elsewhere on this server joins as themselves, and nobody else does', async () => {
  const zodwa = await office.asStranger();
  const path = await shownPath(ada, await invite({ email: 'zodwa@other.example' }));
  const door = await (await office.anonymous.get(path)).text();
  expect(door).toContain(`/login?next=${encodeURIComponent(path)}`);
  expect(door).not.toContain('type="password"');
  const taken = await office.anonymous.post(path, { name: 'Eve', password: eve.password });
  expect([taken.status, taken.headers.get('set-cookie')]).toEqual([422, null]);

  const bo = await office.as('bo');
  const wrong = await bo.post(path);
  expect(wrong.status).toBe(403);
  expect(await wrong.text()).toContain('This invitation is for somebody else');
  expect((await office.denials(1))[0]).toMatchObject({ actorId: office.userIds.bo });

  expect(await (await zodwa.get(path)).text()).toContain('You are signed in as Zodwa Khumalo');
  const joined = await zodwa.post(path);
  expect(joined.headers.get('location')).toBe('/inbox');
  const page = await office.anonymous.get('/inbox/mine', { cookie: cookieOf(joined) });
  const text = await page.text();
  expect(text).toContain('Mbare Hardware');
  expect(text).toContain('Go to Other shop');
  expect((await zodwa.get('/inbox/mine')).status).toBe(303);
});

test('an account that cannot be opened keeps nobody halfway: the link works again', async () => {
  const path = await invitedPath();
  const { accounts } = office.services;
  const { use } = accounts;
  let opened = 0;
  // The invitation is read with it; what follows is the joining.
  accounts.use = (...asked) => {
    opened += 1;
    return opened === 1 ? use(...asked) : Promise.reject(new Error('the power went'));
  };
  expectErrorInLog(/the power went/);
  expect((await office.anonymous.post(path, { name: eve.name, password: eve.password })).status).toBe(500);
  accounts.use = use;
  expect(opened).toBe(2);
  expect((await office.anonymous.post(path, { name: eve.name, password: eve.password })).status).toBe(303);
});

test('a link whose claim was cut short by a crash works again after a minute', async () => {
  const path = await invitedPath();
  const { control } = office.services;
  await control.write('full', [control.sql.update(tokens).set({ usedAt: now })]);
  expect((await office.anonymous.get(path)).status).toBe(404);
  now += 60_000;
  expect((await office.anonymous.get(path)).status).toBe(200);
});

test('what a form brings along beyond its fields changes nothing', async () => {
  const made = await invite({ by: '1', accountId: '1', userId: '1', is_operator: 'true', expiresAt: '9' });
  const path = await shownPath(ada, made);
  await office.anonymous.post(path, {
    name: eve.name,
    password: eve.password,
    isOperator: 'true',
    role: '1',
  });
  expect(await userNamed(eve.email)).toMatchObject({ isOperator: false, epoch: 0 });
});

test('somebody who came in another way meanwhile keeps what they were given there', async () => {
  const path = await invitedPath();
  await office.add(eve, 'owner');
  const hers = await office.signIn(eve);
  expect((await hers.post(path)).status).toBe(404);
  expect((await (await office.signIn(eve)).get('/settings/people')).status).toBe(200);
});

test('a business sends so many invitations at once, and no more', async () => {
  const statuses: number[] = [];
  for (let tries = 0; tries < 52; tries += 1) {
    statuses.push((await invite({ email: `eve${tries}@mbare.example` })).status);
  }
  expect(statuses.slice(0, 50)).toEqual(Array(50).fill(303));
  expect(statuses.slice(50)).toEqual([429, 429]);
});
