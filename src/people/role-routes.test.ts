import { afterAll, beforeAll, expect, test } from 'bun:test';
import { eq } from 'drizzle-orm';
import { sessions } from '#src/db/schema/control.ts';
import { audit, members, roles } from '#src/db/schema/inbox/index.ts';
import { type Box, openBox } from '#src/testing/box.ts';
import type { Client } from '#src/testing/client.ts';

let box: Box;
let ada: Client;
beforeAll(async () => {
  box = await openBox();
  ada = await box.as('ada');
});
afterAll(() => box.close());

const role = async (name: string) => {
  const [found] = await box.inbox((inbox) => inbox.sql.select().from(roles).where(eq(roles.name, name)));
  return found;
};
const deeds = async () =>
  box.inbox(async (inbox) =>
    (await inbox.sql.select().from(audit)).filter(({ object }) => object.startsWith('role:')),
  );
const give = (userId: number, roleId: number) =>
  box.inbox((inbox) =>
    inbox.write('normal', [inbox.sql.update(members).set({ roleId }).where(eq(members.userId, userId))]),
  );

test('a role is made, shown, changed and removed, and each is in the audit trail with before and after', async () => {
  const made = await ada.post('/settings/roles', {
    name: 'Night shift',
    permissions: 'conversations.read',
    reach: 'teams',
    seesUnassigned: 'yes',
  });
  expect([made.status, made.headers.get('location')]).toEqual([303, '/settings/roles?done=saved']);
  const night = await role('Night shift');
  expect(night).toMatchObject({
    key: null,
    permissions: 'conversations.read',
    reach: 'teams',
    seesPhones: false,
  });
  const list = await (await ada.get('/settings/roles?done=saved')).text();
  expect(list).toContain('Night shift');
  expect(list).toContain(
    'Those of their teams, and their own, and what nobody has taken, phone numbers masked',
  );

  const path = `/settings/roles/${night?.id}`;
  expect(await (await ada.get(path)).text()).toMatch(/value="teams" checked/);
  await ada.post(path, { name: 'Nights', reach: 'own', seesPhones: 'yes', needsSecondFactor: 'yes' });
  expect(await role('Nights')).toMatchObject({ permissions: '', reach: 'own', needsSecondFactor: true });
  expect((await ada.post(`${path}/removal`)).headers.get('location')).toBe('/settings/roles?done=removed');
  expect(await role('Nights')).toBeUndefined();
  const said = (await deeds()).map(({ action, data, actorId, address }) => [
    action,
    JSON.parse(data),
    actorId,
    address,
  ]);
  const before = { name: 'Night shift', reach: 'teams', seesUnassigned: true, seesPhones: false };
  expect(said).toMatchObject([
    ['role.created', { after: before }, box.userIds.ada, '127.0.0.1'],
    [
      'role.changed',
      { before, after: { name: 'Nights', reach: 'own', permissions: [] } },
      box.userIds.ada,
      '127.0.0.1',
    ],
    ['role.removed', { before: { name: 'Nights' } }, box.userIds.ada, '127.0.0.1'],
  ]);
});

test('what a built-in role may do stays, and what an owner sees; what an agent sees may be narrowed', async () => {
  const [owner, agent] = [await role('Owner'), await role('Agent')];
  const narrow = { name: 'Mine', reach: 'own', permissions: 'people.manage' };
  await ada.post(`/settings/roles/${owner?.id}`, narrow);
  await ada.post(`/settings/roles/${agent?.id}`, { ...narrow, seesUnassigned: 'yes' });
  expect(await role('Owner')).toMatchObject({ reach: 'all', seesPhones: true });
  expect(await role('Agent')).toMatchObject({ reach: 'own', seesUnassigned: true, seesPhones: false });
  expect((await role('Agent'))?.permissions).not.toContain('people.manage');
  await ada.post(`/settings/roles/${agent?.id}`, { reach: 'all', seesUnassigned: 'yes', seesPhones: 'yes' });
  expect(await role('Agent')).toMatchObject({ reach: 'all', seesPhones: true });
});

test.each([
  [{ name: '' }, 'Give a name of 1 to 120 characters.'],
  [{ name: ' owner ' }, 'Another role has this name.'],
])('%j is refused, and the form keeps what was chosen', async (fields, why) => {
  const refused = await ada.post('/settings/roles', { ...fields, reach: 'teams', seesPhones: 'yes' });
  const text = await refused.text();
  expect(refused.status).toBe(422);
  expect(text).toContain(why);
  expect(text).toMatch(/value="teams" checked/);
});

test('a role that somebody has, or that every account has, is not removed', async () => {
  await ada.post('/settings/roles', { name: 'Held', reach: 'all', permissions: 'conversations.read' });
  const held = await role('Held');
  await give(box.userIds.bo, held?.id ?? 0);
  const refused = await ada.post(`/settings/roles/${held?.id}/removal`);
  expect([refused.status, await refused.text()]).toEqual([
    422,
    expect.stringContaining('Somebody still has this role.'),
  ]);
  expect((await ada.post(`/settings/roles/${(await role('Admin'))?.id}/removal`)).status).toBe(422);
  expect([await role('Held'), await role('Admin')]).toEqual([held, expect.anything()]);
});

test('nobody gives more than they have, nor changes a role that is beyond them', async () => {
  await box.inbox((inbox) =>
    inbox.write('normal', [
      inbox.sql.insert(roles).values({
        id: 77,
        name: 'Desk',
        permissions: 'conversations.read people.manage',
        reach: 'own',
        seesPhones: false,
        seesUnassigned: false,
      }),
    ]),
  );
  await give(box.userIds.bo, 77);
  const bo = await box.as('bo');
  const own = { name: 'Desk', permissions: 'conversations.read', reach: 'own' };
  for (const more of [
    { permissions: 'keys.manage' },
    { reach: 'all' },
    { reach: 'teams' },
    { seesPhones: 'yes' },
    { seesUnassigned: 'yes' },
  ]) {
    expect((await bo.post('/settings/roles/77', { ...own, ...more })).status).toBe(403);
    expect((await bo.post('/settings/roles', { ...own, ...more, name: 'More' })).status).toBe(403);
  }
  expect((await bo.post(`/settings/roles/${(await role('Owner'))?.id}`, own)).status).toBe(403);
  expect(await (await bo.get(`/settings/roles/${(await role('Owner'))?.id}`)).text()).toContain(
    'may do or see more than you',
  );
  expect((await bo.post('/settings/roles/77', own)).status).toBe(303);
  expect((await bo.get('/settings/roles')).status).toBe(403);
});

test('somebody else’s role is none', async () => {
  const stranger = await box.asStranger();
  const id = (await role('Agent'))?.id;
  expect((await stranger.get(`/settings/roles/${id}`)).status).toBe(404);
  expect((await stranger.post(`/settings/roles/${id}`, { name: 'x', reach: 'own' })).status).toBe(404);
  expect((await stranger.post(`/settings/roles/${id}/removal`)).status).toBe(404);
});

test('whoever has not proven who they are lately changes no role', async () => {
  const { control } = box.services;
  await control.write('normal', [control.sql.update(sessions).set({ provenAt: 0 })]);
  const wanted = { name: 'Unproven', reach: 'all', permissions: 'conversations.read' };
  const refused = await ada.post('/settings/roles', wanted);
  expect([refused.status, refused.headers.get('location')]).toEqual([
    303,
    expect.stringMatching(/^\/me\/proof\?next=/),
  ]);
  const agent = await role('Agent');
  await ada.post(`/settings/roles/${agent?.id}`, { ...wanted, reach: 'own' });
  await ada.post(`/settings/roles/${agent?.id}/removal`);
  expect([await role('Unproven'), await role('Agent')]).toEqual([undefined, agent]);
});
