import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { members, numbers, teamMembers, teamNumbers, teams } from '#src/db/schema/inbox/index.ts';
import { NotFound } from '#src/errors.ts';

/** People who work together, and the numbers whose customers are theirs. */
export type Team = {
  id: number;
  name: string;
  members: { id: number; name: string }[];
  numbers: { id: number; name: string }[];
};

/** Every team by name; those who have left are not in it any more. */
export async function listTeams({ sql: db }: Inbox): Promise<Team[]> {
  const rows = await db.select().from(teams).orderBy(asc(teams.name), asc(teams.id));
  const people = await db
    .select({ teamId: teamMembers.teamId, id: members.userId, name: members.name })
    .from(teamMembers)
    .innerJoin(members, and(eq(members.userId, teamMembers.userId), isNull(members.leftAt)))
    .orderBy(asc(members.name), asc(members.userId));
  const served = await db
    .select({ teamId: teamNumbers.teamId, id: numbers.id, name: numbers.name })
    .from(teamNumbers)
    .innerJoin(numbers, eq(numbers.id, teamNumbers.numberId))
    .orderBy(asc(numbers.name), asc(numbers.id));
  const of = <One extends { teamId: number }>(list: readonly One[], team: number) =>
    list.filter((one) => one.teamId === team);
  return rows.map(({ id, name }) => ({
    id,
    name,
    members: of(people, id).map((one) => ({ id: one.id, name: one.name })),
    numbers: of(served, id).map((one) => ({ id: one.id, name: one.name })),
  }));
}

/** Throws `NotFound`. */
export async function findTeam(inbox: Inbox, id: number): Promise<Team> {
  const found = (await listTeams(inbox)).find((team) => team.id === id);
  if (!found) {
    throw new NotFound(`team ${id}`);
  }
  return found;
}
