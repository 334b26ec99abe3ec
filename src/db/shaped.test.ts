import { afterAll, beforeAll, expect, test } from 'bun:test';
import { asc, eq, gt, sql } from 'drizzle-orm';
import { openTestStorage, type TestStorage } from '#src/testing/storage.ts';
import type { Inbox } from './inbox.ts';
import { insertRows } from './rows.ts';
import { members, roles, teamMembers, teams } from './schema/inbox/index.ts';
import { shaped } from './shaped.ts';

let storage: TestStorage;
let inbox: Inbox;

beforeAll(async () => {
  storage = await openTestStorage();
  inbox = await storage.inbox(1);
  const named = [1, 2, 3].map((id) => ({ id, name: `team ${id}` }));
  const role = { id: 9, key: null, name: 'Night', permissions: '', reach: 'own' as const };
  await inbox.write('normal', [
    ...insertRows(teams, named),
    ...insertRows(roles, [{ ...role, seesUnassigned: true, seesPhones: false, needsSecondFactor: false }]),
    ...insertRows(members, [{ userId: 5, name: 'Rudo', roleId: 9, joinedAt: 1 }]),
    ...insertRows(teamMembers, [{ teamId: 2, userId: 5 }]),
  ]);
});
afterAll(() => storage.close());

test('rows are read as drizzle reads them: tables, groups, expressions, what is joined and what is not there', async () => {
  const fields = {
    team: teams,
    shouted: sql<string>`upper(${teams.name})`,
    member: { userId: members.userId, name: members.name },
    role: roles,
    seesPhones: roles.seesPhones,
  };
  const query = inbox.sql
    .select(fields)
    .from(teams)
    .leftJoin(teamMembers, eq(teamMembers.teamId, teams.id))
    .leftJoin(members, eq(members.userId, teamMembers.userId))
    .leftJoin(roles, eq(roles.id, members.roleId))
    .where(gt(teams.id, sql.placeholder('after')))
    .orderBy(asc(teams.id))
    .limit(sql.placeholder('limit'));
  const statement = shaped(inbox, query, fields);
  const prepared = query.prepare();
  for (const values of [
    { after: 0, limit: 10 },
    { after: 1, limit: 1 },
    { after: 3, limit: 1 },
  ]) {
    expect(statement.all(values)).toEqual(await prepared.all(values));
  }
  expect(statement.all({ after: 1, limit: 1 })[0]).toMatchObject({
    shouted: 'TEAM 2',
    member: { name: 'Rudo' },
    role: { seesUnassigned: true },
    seesPhones: false,
  });
});
