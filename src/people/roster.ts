import { and, asc, eq, inArray, max, sql } from 'drizzle-orm';
import type { Control } from '#src/db/control.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { memberships, passkeys, sessions, users } from '#src/db/schema/control.ts';
import { members, roles, teamMembers, teams } from '#src/db/schema/inbox/index.ts';
import { NotFound } from '#src/errors.ts';

/** Somebody of an account, as those who look after people see them. */
export type Colleague = {
  userId: number;
  name: string;
  email: string;
  role: { id: number; key: string | null; name: string };
  teams: { id: number; name: string }[];
  /** When they were last here, as far as is known. */
  seenAt: number | null;
  hasSecondFactor: boolean;
  /** Their picture's address, which changes with the picture; null without one. */
  picture: string | null;
  joinedAt: number;
  leftAt: number | null;
};

/** Everybody who is or was in the account, by name. */
export async function listColleagues(
  inbox: Inbox,
  control: Control,
  { only }: { only?: number } = {},
): Promise<Colleague[]> {
  const rows = await inbox.sql
    .select({ member: members, role: { id: roles.id, key: roles.key, name: roles.name } })
    .from(members)
    .innerJoin(roles, eq(roles.id, members.roleId))
    .where(only === undefined ? undefined : eq(members.userId, only))
    .orderBy(asc(members.name), asc(members.userId));
  const ids = rows.map(({ member }) => member.userId);
  const known = await knownOf(control, inbox.accountId, ids);
  const inTeams = await teamsByUser(inbox);
  return rows.flatMap(({ member, role }) => {
    const user = known.get(member.userId);
    return user
      ? {
          ...user,
          userId: member.userId,
          name: member.name,
          role,
          teams: inTeams.get(member.userId) ?? [],
          seenAt: latest(user.seenAt, lastSignIn(inbox, member.userId)),
          joinedAt: member.joinedAt,
          leftAt: member.leftAt,
        }
      : [];
  });
}

/** One of them. Throws `NotFound`. */
export async function findColleague(inbox: Inbox, control: Control, userId: number): Promise<Colleague> {
  const [found] = await listColleagues(inbox, control, { only: userId });
  if (!found) {
    throw new NotFound(`user ${userId} was never a member`);
  }
  return found;
}

type Known = Pick<Colleague, 'email' | 'seenAt' | 'hasSecondFactor' | 'picture'>;

/** What control.db knows of members. Only those who have a membership here are anybody's to see. */
async function knownOf(
  { sql: db }: Control,
  accountId: number,
  ids: readonly number[],
): Promise<Map<number, Known>> {
  const isTheirs = eq(passkeys.userId, users.id);
  const rows = await db
    .select({
      id: users.id,
      email: users.email,
      hasSecondFactor: sql<number>`${users.secondFactor} is not null or exists (select 1 from ${passkeys} where ${isTheirs})`,
      picture: sql<string | null>`hex(substr(${users.picture}, -8))`,
      seenAt: max(sessions.seenAt),
    })
    .from(users)
    .innerJoin(memberships, and(eq(memberships.userId, users.id), eq(memberships.accountId, accountId)))
    .leftJoin(sessions, and(eq(sessions.userId, users.id), eq(sessions.accountId, accountId)))
    .where(inArray(users.id, [...ids]))
    .groupBy(users.id);
  return new Map(
    rows.map(({ id, picture, hasSecondFactor, ...row }) => [
      id,
      { ...row, hasSecondFactor: hasSecondFactor === 1, picture: picturePath(id, picture) },
    ]),
  );
}

/** Two pictures of one person have different addresses, so that browsers may keep each. */
export const picturePath = (userId: number, mark: string | null): string | null =>
  mark ? `/people/${userId}/picture?v=${mark}` : null;

async function teamsByUser({ sql: db }: Inbox): Promise<Map<number, Colleague['teams']>> {
  const rows = await db
    .select({ userId: teamMembers.userId, id: teams.id, name: teams.name })
    .from(teamMembers)
    .innerJoin(teams, eq(teams.id, teamMembers.teamId))
    .orderBy(asc(teams.name), asc(teams.id));
  const found = new Map<number, Colleague['teams']>();
  for (const { userId, id, name } of rows) {
    found.set(userId, [...(found.get(userId) ?? []), { id, name }]);
  }
  return found;
}

/** Sessions go when they end; that one began stays in the audit trail. */
function lastSignIn({ rows }: Inbox, userId: number): number | null {
  const [row] = rows(
    "select at from audit where object = ? and action = 'session.began' order by id desc limit 1",
    [`user:${userId}`],
  );
  return row === undefined ? null : Number(row[0]);
}

const latest = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.max(one, other);
