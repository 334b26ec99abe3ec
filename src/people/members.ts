import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { built } from '#src/db/built.ts';
import type { Statement } from '#src/db/database.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { members, roles, teamMembers } from '#src/db/schema/inbox/index.ts';
import { NotFound } from '#src/errors.ts';
import { grantsOf, type RoleKey } from './roles.ts';
import type { Permission, Sight } from './viewer.ts';

export type Member = {
  userId: number;
  name: string;
  /** The built-in role's key; null for a role of the account's own. */
  role: string | null;
  permissions: ReadonlySet<Permission>;
  sight: Sight;
};

/** Somebody who is in this account now. Throws `NotFound` for strangers and for those who left. */
export async function findMember(inbox: Inbox, userId: number): Promise<Member> {
  const statement = built(inbox, 'member', () =>
    inbox.sql
      .select({ name: members.name, role: roles })
      .from(members)
      .innerJoin(roles, eq(roles.id, members.roleId))
      .where(and(eq(members.userId, sql.placeholder('userId')), isNull(members.leftAt)))
      .limit(1)
      .prepare(),
  );
  const [row] = await statement.all({ userId });
  if (!row) {
    throw new NotFound(`user ${userId} is not a member`);
  }
  const { name, role } = row;
  return { userId, name, role: role.key, permissions: grantsOf(role), sight: sightOf(inbox, userId, role) };
}

type Role = typeof roles.$inferSelect;

/** Who sees all needs no teams for it. */
function sightOf(inbox: Inbox, userId: number, { reach, seesUnassigned, seesPhones }: Role): Sight {
  return { reach, seesUnassigned, seesPhones, teamIds: reach === 'all' ? [] : teamsOf(inbox, userId) };
}

/** Everybody who is in this account now, by name: for assigning. */
export async function listMembers(inbox: Inbox): Promise<{ id: number; name: string }[]> {
  const statement = built(inbox, 'members', () =>
    inbox.sql
      .select({ id: members.userId, name: members.name })
      .from(members)
      .where(isNull(members.leftAt))
      .orderBy(asc(members.name), asc(members.userId))
      .prepare(),
  );
  return statement.all();
}

type NewMember = {
  userId: number;
  name: string;
  /** A built-in role's key, or the id of any role. */
  role: RoleKey | number;
  at: number;
};

/** Inserts a member; somebody who had left is back, with the name and role given. */
export function insertMember({ sql: db }: Inbox, { userId, name, role, at }: NewMember): Statement {
  const roleId =
    typeof role === 'number' ? role : sql`(select ${roles.id} from ${roles} where ${roles.key} = ${role})`;
  return db
    .insert(members)
    .values({ userId, name, roleId, joinedAt: at })
    .onConflictDoUpdate({ target: members.userId, set: { name, roleId, leftAt: null } });
}

/** Replaces the teams somebody is in. */
export function setTeams(
  { sql: db }: Inbox,
  userId: number,
  teamIds: readonly number[],
): readonly Statement[] {
  const rows = teamIds.map((teamId) => ({ teamId, userId }));
  return [
    db.delete(teamMembers).where(eq(teamMembers.userId, userId)),
    ...(rows.length === 0 ? [] : [db.insert(teamMembers).values(rows)]),
  ];
}

/** The ids of the teams somebody is in, in order. */
export function teamsOf({ rows }: Inbox, userId: number): number[] {
  return rows('select team_id from team_members where user_id = ? order by 1', [userId]).map(([id]) =>
    Number(id),
  );
}
