import { eq } from 'drizzle-orm';
import { auditRow } from '#src/audit/audit-row.ts';
import type { Statement } from '#src/db/database.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { teamMembers, teamNumbers, teams } from '#src/db/schema/inbox/index.ts';
import { Invalid } from '#src/errors.ts';
import { loadNumbers } from '#src/numbers/load-numbers.ts';
import { listMembers } from './members.ts';
import { demand } from './permission.ts';
import { readName, whyNot } from './person.ts';
import { findTeam, listTeams, type Team } from './team.ts';
import type { Viewer } from './viewer.ts';

export type WantedTeam = { name: string; memberIds: readonly number[]; numberIds: readonly number[] };

/** Who was or is in a team that changed: what they may see follows. */
export type TeamChange = { teamId: number; concerned: number[] };

/** Throws `Forbidden` and `Invalid` (`name`, `members`, `numbers`). */
export function createTeam(
  inbox: Inbox,
  wanted: WantedTeam,
  viewer: Viewer,
  now: number,
): Promise<TeamChange> {
  demand(viewer, 'people.manage');
  return inbox.turn(async (commit) => {
    const id = inbox.nextId();
    const after = await readTeam(inbox, wanted, null);
    await commit('full', [
      inbox.sql.insert(teams).values({ id, name: after.name }),
      ...fill(inbox, id, after),
      auditRow(inbox, {
        at: now,
        actor: viewer,
        action: 'team.created',
        object: `team:${id}`,
        data: { after },
      }),
    ]);
    return { teamId: id, concerned: [...after.memberIds] };
  });
}

/** Throws `NotFound`, `Forbidden` and `Invalid` (`name`, `members`, `numbers`). */
export function changeTeam(
  inbox: Inbox,
  id: number,
  wanted: WantedTeam,
  viewer: Viewer,
  now: number,
): Promise<TeamChange> {
  demand(viewer, 'people.manage');
  return inbox.turn(async (commit) => {
    const before = asWanted(await findTeam(inbox, id));
    const after = await readTeam(inbox, wanted, id);
    await commit('full', [
      inbox.sql.update(teams).set({ name: after.name }).where(eq(teams.id, id)),
      ...empty(inbox, id),
      ...fill(inbox, id, after),
      auditRow(inbox, {
        at: now,
        actor: viewer,
        action: 'team.changed',
        object: `team:${id}`,
        data: { before, after },
      }),
    ]);
    return { teamId: id, concerned: [...new Set([...before.memberIds, ...after.memberIds])] };
  });
}

/**
 * Removes a team that no conversation is with any more (`releaseConversations` comes first). Throws `NotFound` and
 * `Forbidden`.
 */
export function removeTeam(inbox: Inbox, id: number, viewer: Viewer, now: number): Promise<TeamChange> {
  demand(viewer, 'people.manage');
  return inbox.turn(async (commit) => {
    const before = asWanted(await findTeam(inbox, id));
    await commit('full', [
      ...empty(inbox, id),
      inbox.sql.delete(teams).where(eq(teams.id, id)),
      auditRow(inbox, {
        at: now,
        actor: viewer,
        action: 'team.removed',
        object: `team:${id}`,
        data: { before },
      }),
    ]);
    return { teamId: id, concerned: [...before.memberIds] };
  });
}

const asWanted = ({ name, members, numbers }: Team): WantedTeam => ({
  name,
  memberIds: members.map(({ id }) => id),
  numberIds: numbers.map(({ id }) => id),
});

function empty({ sql: db }: Inbox, teamId: number): Statement[] {
  return [
    db.delete(teamMembers).where(eq(teamMembers.teamId, teamId)),
    db.delete(teamNumbers).where(eq(teamNumbers.teamId, teamId)),
  ];
}

function fill({ sql: db }: Inbox, teamId: number, { memberIds, numberIds }: WantedTeam): Statement[] {
  const people = memberIds.map((userId) => ({ teamId, userId }));
  const served = numberIds.map((numberId) => ({ teamId, numberId }));
  return [
    ...(people.length > 0 ? [db.insert(teamMembers).values(people)] : []),
    ...(served.length > 0 ? [db.insert(teamNumbers).values(served)] : []),
  ];
}

async function readTeam(inbox: Inbox, wanted: WantedTeam, own: number | null): Promise<WantedTeam> {
  const name = readName(wanted.name);
  const isTaken = (await listTeams(inbox)).some(
    (team) => team.id !== own && team.name.toLowerCase() === name?.toLowerCase(),
  );
  const here = new Set((await listMembers(inbox)).map(({ id }) => id));
  const known = new Set((await loadNumbers(inbox)).map(({ id }) => id));
  const areHere = wanted.memberIds.every((id) => here.has(id));
  const areKnown = wanted.numberIds.every((id) => known.has(id));
  if (name !== null && !isTaken && areHere && areKnown) {
    return { name, memberIds: [...new Set(wanted.memberIds)], numberIds: [...new Set(wanted.numberIds)] };
  }
  throw new Invalid({
    ...(name === null ? { name: whyNot.name } : {}),
    ...(isTaken ? { name: 'Another team has this name. Give it a different one.' } : {}),
    ...(areHere ? {} : { members: 'Choose people who are in this account now.' }),
    ...(areKnown ? {} : { numbers: 'Choose numbers of this account.' }),
  });
}
