import { afterEach, beforeEach, expect, test } from 'bun:test';
import { eq } from 'drizzle-orm';
import { users } from '#src/db/schema/control.ts';
import { openTab } from '#src/live/testing-tab.ts';
import type { Client } from '#src/testing/client.ts';
import { eve, type Office, openOffice, postAll } from './testing.ts';

let office: Office;
let ada: Client;

beforeEach(async () => {
  office = await openOffice();
  ada = await office.as('ada');
});
afterEach(() => office.close());

const place = async (userId: number, role: string | number, by = ada, teams: number[] = []) =>
  postAll(office, by, `/settings/people/${userId}/place`, [
    ['role', String(typeof role === 'number' ? role : await office.roleId(role))],
    ...teams.map((id): [string, string] => ['teams', String(id)]),
  ]);

test('a role and teams are changed, hold at the next request, and are audited with before and after', async () => {
  const bo = await office.as('bo');
  expect((await bo.get('/settings/people')).status).toBe(403);
  const teams = [await office.makeTeam('Sales'), await office.makeTeam('Service', [office.userIds.bo])];
  const changed = await place(office.userIds.bo, 'admin', ada, teams);
  expect(changed.headers.get('location')).toBe(`/settings/people/${office.userIds.bo}?said=saved`);
  expect((await bo.get('/settings/people')).status).toBe(200);
  expect((await office.trail())[0]).toEqual({
    action: 'member.changed',
    object: `user:${office.userIds.bo}`,
    actorId: office.userIds.ada,
    data: {
      before: { role: 'agent', teams: ['Service'] },
      after: { role: 'admin', teams: ['Sales', 'Service'] },
    },
  });
  const page = await (await ada.get(`/settings/people/${office.userIds.bo}`)).text();
  expect(page.match(/name="teams"[^>]*checked/g)).toHaveLength(2);
});

test('an open screen follows at once: who may see nothing any more gets no more rows', async () => {
  const blind = await office.makeRole('Blind', '');
  const bo = await office.as('bo');
  const tab = openTab(office, bo.cookie ?? '');
  const hers = openTab(office, ada.cookie ?? '');
  await Promise.all([tab.joined, hers.joined]);
  const { customer } = office.simulator;
  const noor = customer('+263771234567', { name: 'Noor' });
  await noor.say(office.number.phoneNumberId, 'First');
  await tab.nextWith(/First/);
  await place(office.userIds.bo, blind);
  tab.rest();
  await noor.say(office.number.phoneNumberId, 'Second');
  await hers.nextWith(/Second/);
  expect(tab.rest().filter(({ content = '' }) => content.includes('Second'))).toEqual([]);
  tab.close();
  hers.close();
});

test('the last owner keeps the role, also when two give theirs up at once', async () => {
  const refused = await place(office.userIds.ada, 'admin');
  expect(refused.status).toBe(422);
  expect(await refused.text()).toContain('Nobody else is an owner here');

  const second = await office.add(eve, 'owner');
  const other = await office.signIn(eve);
  const answers = await Promise.all([place(office.userIds.ada, 'admin'), place(second, 'admin', other)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 422]);
});

test('whoever gives up looking after people is led back to the inbox', async () => {
  await office.add(eve, 'owner');
  expect((await place(office.userIds.ada, 'agent')).headers.get('location')).toBe('/inbox');
  expect((await ada.get('/settings/people')).status).toBe(403);
});

test('an owner who cannot sign in any more does not count', async () => {
  const second = await office.add(eve, 'owner');
  const { control } = office.services;
  await control.write('full', [control.sql.update(users).set({ disabledAt: 1 }).where(eq(users.id, second))]);
  expect((await place(office.userIds.ada, 'admin')).status).toBe(422);
});

test('nobody gives more than they have, nor changes somebody above them', async () => {
  const lead = await office.makeRole('Lead', 'conversations.read people.manage');
  const lee = await office.add(eve);
  await place(lee, lead);
  const client = await office.signIn(eve);
  expect((await place(lee, 'admin', client)).status).toBe(403);
  expect((await place(office.userIds.bo, lead, client)).status).toBe(403);
  expect((await place(office.userIds.ada, lead, client)).status).toBe(403);
  expect((await office.denials(1)).map(({ object, actorId }) => [object, actorId])).toEqual([
    ['route:POST /settings/people/:id/place', lee],
  ]);
  expect(await (await client.get(`/settings/people/${office.userIds.bo}`)).text()).toContain(
    'They may do more than you',
  );
});

test('what one has already may be kept by whoever could not give it', async () => {
  const narrow = await office.makeRole('Narrow', 'conversations.read people.manage');
  const team = await office.makeTeam('Sales');
  const lee = await office.add(eve);
  await place(lee, narrow);
  const reader = await office.add({ ...eve, email: 'ria@mbare.example' }, 'read_only');
  const client = await office.signIn(eve);
  expect((await place(reader, 'read_only', client, [team])).status).toBe(303);
});

test('ids of other businesses and of nobody change nothing', async () => {
  const zodwa = await office.asStranger();
  expect((await place(office.userIds.bo, 'admin', zodwa)).status).toBe(404);
  const [own = ''] =
    (await (await zodwa.get('/settings/people/invitations/new')).text()).match(/(?<=<option value=")\d+/) ??
    [];
  expect((await place(office.userIds.bo, Number(own), zodwa)).status).toBe(404);
  expect((await place(4711, 'agent')).status).toBe(404);
  expect((await place(office.userIds.bo, 1)).status).toBe(422);
  expect((await place(office.userIds.bo, 'agent', ada, [99])).status).toBe(422);
  expect((await ada.get('/settings/people/x')).status).toBe(404);
  expect((await office.trail()).map(({ action }) => action)).not.toContain('member.changed');
});
