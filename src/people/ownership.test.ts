import { afterEach, beforeEach, expect, test } from 'bun:test';
import { eq } from 'drizzle-orm';
import { users } from '#src/db/schema/control.ts';
import type { Client } from '#src/testing/client.ts';
import { findMember } from './members.ts';
import { activeOwners } from './rights.ts';
import { eve, named, type Office, openOffice } from './testing.ts';

let office: Office;
let ada: Client;

beforeEach(async () => {
  office = await openOffice();
  ada = await office.as('ada');
});
afterEach(() => office.close());

const handOver = (userId: number, becomes: string, by = ada) =>
  by.post(`/settings/people/${userId}/ownership`, { becomes });
const owners = () => office.inbox((inbox) => activeOwners(inbox, office.services.control));
const roleOf = (userId: number) => office.inbox(async (inbox) => (await findMember(inbox, userId)).role);

test('an owner hands over, becomes an admin, and it is audited', async () => {
  const { bo } = office.userIds;
  expect(await (await ada.get(`/settings/people/${bo}/ownership`)).text()).toContain(
    `${named.bo.name} becomes an owner`,
  );
  const done = await handOver(bo, 'admin');
  expect(done.headers.get('location')).toBe(`/settings/people/${bo}?said=owner`);
  expect(await owners()).toEqual([bo]);
  expect(await roleOf(office.userIds.ada)).toBe('admin');
  expect((await office.trail())[0]).toMatchObject({
    action: 'ownership.handed_over',
    object: `user:${bo}`,
    data: { before: { role: 'agent' }, after: { role: 'owner' }, giver_becomes: 'admin' },
  });
  expect((await handOver(bo, 'admin')).status).toBe(403);
});

test('an owner may stay one beside the other', async () => {
  await handOver(office.userIds.bo, 'owner');
  expect((await owners()).toSorted()).toEqual([office.userIds.ada, office.userIds.bo].toSorted());
});

test('two owners who hand over to each other at once leave at least one', async () => {
  const other = await office.add(eve, 'owner');
  const hers = await office.signIn(eve);
  await Promise.all([handOver(other, 'admin'), handOver(office.userIds.ada, 'admin', hers)]);
  expect((await owners()).length).toBeGreaterThanOrEqual(1);
});

test('only an owner does, only for somebody who is here and can sign in, and never for themselves', async () => {
  const admin = await office.add(eve, 'admin');
  const hers = await office.signIn(eve);
  expect((await handOver(office.userIds.bo, 'owner', hers)).status).toBe(403);
  expect((await handOver(admin, 'owner', hers)).status).toBe(404);
  expect((await handOver(admin, 'owner', await office.as('bo'))).status).toBe(403);
  expect((await handOver(office.userIds.ada, 'admin')).status).toBe(404);
  expect((await handOver(4711, 'admin')).status).toBe(404);
  expect((await handOver(office.userIds.bo, 'king')).status).toBe(422);
  expect((await handOver(office.userIds.bo, 'admin', await office.asStranger())).status).toBe(404);
  const { control } = office.services;
  await control.write('full', [
    control.sql.update(users).set({ disabledAt: 1 }).where(eq(users.id, office.userIds.bo)),
  ]);
  const refused = await handOver(office.userIds.bo, 'admin');
  expect(refused.status).toBe(422);
  expect(await refused.text()).toContain('They cannot sign in here now');
  expect(await owners()).toEqual([office.userIds.ada]);
  expect(await office.denials(3)).toHaveLength(3);
});
