import { afterEach, beforeEach, expect, test } from 'bun:test';
import { eq } from 'drizzle-orm';
import { apiKeys, memberships, sessions, tokens } from '#src/db/schema/control.ts';
import { conversations, events, members, teamMembers } from '#src/db/schema/inbox/index.ts';
import { openTab } from '#src/live/testing-tab.ts';
import type { Client } from '#src/testing/client.ts';
import { recoverLeaving } from './finish-leaving.ts';
import { cookieOf, eve, named, type Office, openOffice, postAll, shownPath } from './testing.ts';

let office: Office;
let ada: Client;
let bo: Client;
let boId: number;

beforeEach(async () => {
  office = await openOffice();
  ada = await office.as('ada');
  bo = await office.as('bo');
  boId = office.userIds.bo;
});
afterEach(() => office.close());

const takeOut = (userId: number, by = ada, revoke: readonly number[] = []) =>
  postAll(
    office,
    by,
    `/settings/people/${userId}/deactivation`,
    revoke.map((id) => ['revoke', String(id)]),
  );
const bringBack = async (userId: number, role = 'agent', by = ada) =>
  by.post(`/settings/people/${userId}/return`, { role: String(await office.roleId(role)) });

/** So many customers write; each of their conversations is Bo's. */
async function giveBo(count: number): Promise<number[]> {
  for (let index = 0; index < count; index += 1) {
    const customer = office.simulator.customer(`+26377000000${index}`, { name: `Customer ${index}` });
    await customer.say(office.number.phoneNumberId, `Hello ${index}`);
  }
  await office.settled();
  const rows = await office.inbox(({ sql }) => sql.select().from(conversations).orderBy(conversations.id));
  for (const { id } of rows) {
    await ada.post(`/conversations/${id}/assignment`, { assignee: String(boId), back: 'all' });
  }
  return rows.map(({ id }) => id);
}

const conversation = (id: number) =>
  office.inbox(
    async ({ sql }) => (await sql.select().from(conversations).where(eq(conversations.id, id)))[0],
  );
const membershipOf = async (userId: number) =>
  (await office.services.control.sql.select().from(memberships).where(eq(memberships.userId, userId)))[0]
    ?.state;

async function makeKey(name: string, createdBy: number): Promise<number> {
  const { control } = office.services;
  const id = control.nextId();
  const row = { hash: name, id, accountId: office.accountId, name, createdAt: 1, createdBy };
  await control.write('full', [control.sql.insert(apiKeys).values(row)]);
  return id;
}

test('a page says first what will happen, with the keys to be revoked ticked', async () => {
  await giveBo(2);
  await makeKey('Till', boId);
  await makeKey('Not his', office.userIds.ada);
  const page = await (await ada.get(`/settings/people/${boId}/deactivation`)).text();
  expect(page).toContain('Their 2 open conversations');
  expect(page).toMatch(/name="revoke" value="\d+" checked/);
  expect(page).toContain('“Till”');
  expect(page).not.toContain('Not his');
  expect(page).not.toContain('In other businesses');
});

test('somebody taken out is out at once: sessions, sockets, keys that were ticked', async () => {
  const ticked = await makeKey('Till', boId);
  const kept = await makeKey('Shop', boId);
  const foreign = await makeKey('Not his', office.userIds.ada);
  const tab = openTab(office, bo.cookie ?? '');
  await tab.joined;
  const answer = await takeOut(boId, ada, [ticked, foreign]);
  expect(answer.headers.get('location')).toBe(`/settings/people/${boId}/left`);
  expect(await tab.closed).toBe(4401);
  expect((await bo.get('/inbox/mine')).status).toBe(303);
  expect((await office.anonymous.post('/login', named.bo)).status).toBe(422);
  expect(await membershipOf(boId)).toBe('disabled');
  const { sql } = office.services.control;
  expect(await sql.select().from(sessions).where(eq(sessions.userId, boId))).toEqual([]);
  const keys = await sql.select().from(apiKeys);
  const revoked = keys.filter(({ revokedAt }) => revokedAt !== null).map(({ id }) => id);
  expect(revoked).toEqual([ticked]);
  expect(keys.map(({ id }) => id)).toContain(kept);
  expect((await office.trail()).map(({ action }) => action)).toEqual(
    expect.arrayContaining(['member.left', 'api_key.revoked']),
  );
});

test('open conversations go to their team, else to the only team, and every screen sees it', async () => {
  const [sales, service] = [await office.makeTeam('Sales'), await office.makeTeam('Service', [boId])];
  const [inTeam = 0, inNone = 0, closed = 0] = await giveBo(3);
  await office.inbox((inbox) =>
    inbox.write('full', [
      inbox.sql.update(conversations).set({ teamId: sales }).where(eq(conversations.id, inTeam)),
    ]),
  );
  await ada.post(`/conversations/${closed}/closure`, { back: 'all' });
  const tab = openTab(office, ada.cookie ?? '', { conversation: inNone });
  await tab.joined;
  await takeOut(boId);
  expect(await tab.nextWith(/left this to nobody/)).toContain('Ada Lungu left this to nobody');
  tab.close();

  expect(await conversation(inTeam)).toMatchObject({ assigneeId: null, teamId: sales });
  expect(await conversation(inNone)).toMatchObject({ assigneeId: null, teamId: service });
  expect(await conversation(closed)).toMatchObject({ assigneeId: boId });
  const noted = await office.inbox(({ sql }) =>
    sql.select().from(events).where(eq(events.kind, 'unassigned')),
  );
  expect(noted.map(({ conversationId }) => conversationId).sort()).toEqual([inTeam, inNone].sort());
  expect(await office.inbox(({ sql }) => sql.select().from(teamMembers))).toEqual([]);

  const left = await (await ada.get(`/settings/people/${boId}/left`)).text();
  expect(left).toContain('2 open conversations have nobody now');
  expect(left).toContain(`/c/${inTeam}`);
  expect(left).not.toContain(`/c/${closed}`);
});

test('somebody of several teams leaves their conversations to nobody', async () => {
  await office.makeTeam('Sales', [boId]);
  await office.makeTeam('Service', [boId]);
  const [id = 0] = await giveBo(1);
  await takeOut(boId);
  expect(await conversation(id)).toMatchObject({ assigneeId: null, teamId: null });
});

test('what they wrote stays under their name, and nobody can assign anything to them', async () => {
  const [id = 0] = await giveBo(1);
  await bo.post(`/conversations/${id}/messages`, { text: 'On its way', key: 'one', quoted: '', back: 'all' });
  await takeOut(boId);
  expect(await (await ada.get(`/inbox/all/${id}`)).text()).toContain(named.bo.name);
  const refused = await ada.post(`/conversations/${id}/assignment`, { assignee: String(boId), back: 'all' });
  expect(refused.status).toBe(422);
  expect(await (await ada.get('/settings/people')).text()).toContain('One person has left');
});

test('they come back with a role chosen anew and the password they had', async () => {
  await takeOut(boId);
  expect((await bringBack(boId, 'read_only')).headers.get('location')).toContain('said=returned');
  const again = await office.signIn(named.bo);
  expect((await again.get('/inbox/mine')).status).toBe(200);
  expect((await office.trail())[0]).toMatchObject({ action: 'session.began' });
  expect((await office.trail())[1]).toMatchObject({ action: 'member.returned', data: { role: 'read_only' } });
  expect((await bringBack(boId)).status).toBe(404);
});

test('somebody who left is not invited again but brought back, and joins elsewhere with their password', async () => {
  await takeOut(boId);
  const fields = { name: 'Bo', email: named.bo.email };
  const role = String(await office.roleId('agent'));
  const refused = await ada.post('/settings/people/invitations', { ...fields, role });
  expect(await refused.text()).toContain('Bring them back from the list');

  const zodwa = await office.asStranger();
  const form = await (await zodwa.get('/settings/people/invitations/new')).text();
  const [, agent = ''] = form.match(/<option value="(\d+)" selected/) ?? [];
  const made = await zodwa.post('/settings/people/invitations', { ...fields, role: agent });
  const path = await shownPath(zodwa, made);
  expect(await (await office.anonymous.get(path)).text()).toContain('Give the password you had');
  expect((await office.anonymous.post(path, { password: 'not the one I had' })).status).toBe(422);
  const joined = await office.anonymous.post(path, { password: named.bo.password });
  expect(joined.headers.get('location')).toBe('/login');
  expect(cookieOf(joined)).not.toContain('oono=');
  const back = await office.signIn(named.bo);
  expect(await (await back.get('/inbox/mine')).text()).toContain('Other shop');
});

test('invitations they made are withdrawn with them', async () => {
  const admin = await office.add(eve, 'admin');
  const hers = await office.signIn(eve);
  const role = String(await office.roleId('admin'));
  const fields = { name: 'Mole', email: 'mole@mbare.example', role };
  const path = await shownPath(hers, await hers.post('/settings/people/invitations', fields));
  await takeOut(admin);
  expect(await (await office.anonymous.get(path)).text()).toContain('This link was withdrawn');
  const open = await office.services.control.sql.select().from(tokens).where(eq(tokens.kind, 'invite'));
  expect(open).toHaveLength(1);
});

test('nobody takes out themselves, the last owner, or somebody above them', async () => {
  const admin = await office.add(eve, 'admin');
  const hers = await office.signIn(eve);
  expect((await takeOut(office.userIds.ada, hers)).status).toBe(403);
  expect((await takeOut(admin, hers)).status).toBe(422);
  expect((await takeOut(office.userIds.ada)).status).toBe(422);
  expect((await takeOut(office.userIds.ada, bo)).status).toBe(403);
  expect((await takeOut(4711)).status).toBe(404);
  expect((await takeOut(boId, await office.asStranger())).status).toBe(404);
  expect(await office.denials(3)).toHaveLength(3);
  expect((await office.trail()).map(({ action }) => action)).not.toContain('member.left');
});

test('two owners who take each other out at once: one of them stays', async () => {
  const other = await office.add(eve, 'owner');
  const hers = await office.signIn(eve);
  const answers = await Promise.all([takeOut(other), takeOut(office.userIds.ada, hers)]);
  // The other one is told that there is nobody, or shown the door.
  expect(answers.filter(({ headers }) => headers.get('location')?.endsWith('/left'))).toHaveLength(1);
  const states = await Promise.all([membershipOf(other), membershipOf(office.userIds.ada)]);
  expect(states.toSorted()).toEqual(['active', 'disabled']);
});

test('somebody of two businesses goes on in the other one', async () => {
  const zodwa = await office.asStranger();
  const role = String(await office.roleId('agent'));
  const fields = { name: 'Zodwa', email: 'zodwa@other.example', role };
  const made = await ada.post('/settings/people/invitations', fields);
  const here = { cookie: cookieOf(await zodwa.post(await shownPath(ada, made))) };
  const there = await office.asStranger();
  const tab = openTab(office, there.cookie ?? '');
  await tab.joined;
  const [id] =
    (await (await ada.get('/settings/people')).text()).match(/(?<=people\/)\d+(?=">\s*<bdi>Zodwa)/) ?? [];
  const page = await (await ada.get(`/settings/people/${id}/deactivation`)).text();
  expect(page).toContain('In other businesses on this server they go on as before');
  expect((await takeOut(Number(id))).status).toBe(303);
  expect((await office.anonymous.get('/inbox/mine', here)).status).toBe(303);
  expect((await there.get('/inbox/mine')).status).toBe(200);
  expect(tab.rest()).toEqual([]);
  tab.close();
});

test('what a crash leaves of it is finished when the account is opened', async () => {
  const service = await office.makeTeam('Service', [boId]);
  const [id = 0] = await giveBo(1);
  const { control, now } = office.services;
  await control.write('full', [
    control.sql.update(memberships).set({ state: 'disabled' }).where(eq(memberships.userId, boId)),
  ]);
  await office.inbox((inbox) => recoverLeaving(inbox, control, now));
  expect(await conversation(id)).toMatchObject({ assigneeId: null, teamId: service });
  const [member] = await office.inbox(({ sql }) =>
    sql.select().from(members).where(eq(members.userId, boId)),
  );
  expect(member?.leftAt).not.toBeNull();
  const trail = await office.trail();
  expect(trail.map(({ action }) => action).slice(0, 2)).toEqual(['conversations.unassigned', 'member.left']);
  await office.inbox((inbox) => recoverLeaving(inbox, control, now));
  expect(await office.trail()).toEqual(trail);
});

test('opening the account after a crash between the two halves does the second', async () => {
  const [id = 0] = await giveBo(1);
  const { accounts, control } = office.services;
  await office.inbox((inbox) =>
    inbox.write('full', [inbox.sql.update(members).set({ leftAt: 1 }).where(eq(members.userId, boId))]),
  );
  await control.write('full', [
    control.sql.update(memberships).set({ state: 'disabled' }).where(eq(memberships.userId, boId)),
  ]);
  await accounts.closeAll();
  expect(await conversation(id)).toMatchObject({ assigneeId: null });
});
