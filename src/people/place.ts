import { eq, inArray } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { roles, teams } from '#src/db/schema/inbox/index.ts';
import { Forbidden, Invalid } from '#src/errors.ts';
import type { Member } from './members.ts';
import { mayGive, type Role } from './rights.ts';

/** What somebody is given in an account. */
export type Place = { roleId: number; teamIds: readonly number[] };

export type Choice = { id: number; name: string };

/** The roles this member may give, the most usual first, and all teams: what a form offers. */
export async function placesFor(
  { sql: db }: Inbox,
  giver: Member,
): Promise<{ roles: Choice[]; teams: Choice[] }> {
  const all = await db.select().from(roles).orderBy(roles.id);
  return {
    roles: all.filter((role) => mayGive(giver, role)).map(({ id, name }) => ({ id, name })),
    teams: await db.select({ id: teams.id, name: teams.name }).from(teams).orderBy(teams.name, teams.id),
  };
}

/**
 * The role, if this member may give it, and the teams. Throws `Invalid` (`role`, `teams`) for what this account does
 * not have, and `Forbidden` for a role that may do more than theirs.
 */
export async function readPlace(
  inbox: Inbox,
  { roleId, teamIds }: Place,
  giver: Member,
): Promise<{ role: Role; teamIds: number[] }> {
  const [role] = await inbox.sql.select().from(roles).where(eq(roles.id, roleId)).limit(1);
  if (!role) {
    throw new Invalid({ role: 'Choose a role from the list.' });
  } else if (!mayGive(giver, role)) {
    throw new Forbidden(`role ${roleId} may do more than that of user ${giver.userId}`);
  }
  return { role, teamIds: await readTeams(inbox, teamIds) };
}

/** The teams with these ids. Throws `Invalid` (`teams`) when one of them is none. */
export async function readTeams({ sql: db }: Inbox, given: readonly number[]): Promise<number[]> {
  const wanted = [...new Set(given)];
  const found =
    wanted.length === 0 ? [] : await db.select({ id: teams.id }).from(teams).where(inArray(teams.id, wanted));
  if (found.length !== wanted.length) {
    throw new Invalid({ teams: 'Choose teams from the list: one of these is gone.' });
  }
  return found.map(({ id }) => id).sort((a, b) => a - b);
}

/** The role with this id; undefined when it is gone. */
export async function findRole({ sql: db }: Inbox, roleId: number): Promise<Role | undefined> {
  const [role] = await db.select().from(roles).where(eq(roles.id, roleId)).limit(1);
  return role;
}
