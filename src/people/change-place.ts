import { eq } from 'drizzle-orm';
import { auditRow } from '#src/audit/audit-row.ts';
import { members } from '#src/db/schema/inbox/index.ts';
import { Forbidden, Invalid, NotFound } from '#src/errors.ts';
import type { Live } from '#src/live/live.ts';
import type { Services } from '#src/services.ts';
import { roleName, teamNames } from './join.ts';
import { setTeams, teamsOf } from './members.ts';
import { findRole, type Place, readPlace, readTeams } from './place.ts';
import { activeOwners, comesUpTo, manager } from './rights.ts';
import type { Viewer } from './viewer.ts';

export type PlaceServices = Pick<Services, 'control' | 'accounts' | 'now'> & {
  live: Pick<Live, 'revalidate'>;
};

type Person = Extract<Viewer, { kind: 'person' }>;

export const lastOwner = 'Nobody else is an owner here. Hand the ownership over first.';

/**
 * Gives somebody another role and other teams, effective at once on their open screens. Throws `NotFound` for somebody
 * who is not here, `Invalid` (`role`, `teams`) also for the last owner's role, `Forbidden` for more than the viewer has.
 */
export async function changePlace(
  services: PlaceServices,
  userId: number,
  given: Place,
  viewer: Person,
): Promise<void> {
  const { control, live, now } = services;
  await services.accounts.use(viewer.accountId, (inbox) =>
    inbox.turn(async (commit) => {
      const { sql: db } = inbox;
      const giver = await manager(inbox, viewer);
      const [member] = await db.select().from(members).where(eq(members.userId, userId)).limit(1);
      if (!member || member.leftAt !== null) {
        throw new NotFound(`user ${userId} is not a member`);
      }
      const before = await findRole(inbox, member.roleId);
      if (!before || !comesUpTo(giver, before)) {
        throw new Forbidden(`user ${userId} may do more than user ${giver.userId}`);
      }
      const isSameRole = given.roleId === before.id;
      // What they have already they may keep, also where the viewer could not give it.
      const { role, teamIds } = isSameRole
        ? { role: before, teamIds: await readTeams(inbox, given.teamIds) }
        : await readPlace(inbox, given, giver);
      if (before.key === 'owner' && role.key !== 'owner') {
        const others = (await activeOwners(inbox, control)).filter((id) => id !== userId);
        if (others.length === 0) {
          throw new Invalid({ role: lastOwner });
        }
      }
      const teamsBefore = teamsOf(inbox, userId);
      const data = {
        before: { role: await roleName(inbox, before.id), teams: teamNames(inbox, teamsBefore) },
        after: { role: await roleName(inbox, role.id), teams: teamNames(inbox, teamIds) },
      };
      await commit('full', [
        db.update(members).set({ roleId: role.id }).where(eq(members.userId, userId)),
        ...setTeams(inbox, userId, teamIds),
        auditRow(inbox, {
          at: now(),
          actor: viewer,
          action: 'member.changed',
          object: `user:${userId}`,
          data,
        }),
      ]);
    }),
  );
  await live.revalidate(userId);
}
