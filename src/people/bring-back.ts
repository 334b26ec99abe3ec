import { eq } from 'drizzle-orm';
import { auditRow } from '#src/audit/audit-row.ts';
import { users } from '#src/db/schema/control.ts';
import { members } from '#src/db/schema/inbox/index.ts';
import { Invalid, NotFound } from '#src/errors.ts';
import type { Services } from '#src/services.ts';
import { letIn, teamNames } from './join.ts';
import { insertMember, setTeams } from './members.ts';
import { type Place, readPlace } from './place.ts';
import { manager } from './rights.ts';
import type { Viewer } from './viewer.ts';

/**
 * Lets somebody who has left in again, with a role chosen anew. Throws `NotFound` for somebody who has not left,
 * `Forbidden` for a role that may do more than the viewer's, `Invalid` (`role`, `teams`, `person`).
 */
export async function bringBack(
  { control, accounts, now }: Pick<Services, 'control' | 'accounts' | 'now'>,
  userId: number,
  place: Place,
  viewer: Extract<Viewer, { kind: 'person' }>,
): Promise<void> {
  const { accountId } = viewer;
  await accounts.use(accountId, (inbox) =>
    inbox.turn(async (commit) => {
      const giver = await manager(inbox, viewer);
      const [member] = await inbox.sql.select().from(members).where(eq(members.userId, userId)).limit(1);
      if (!member || member.leftAt === null) {
        throw new NotFound(`user ${userId} has not left`);
      }
      const { role, teamIds } = await readPlace(inbox, place, giver);
      const [user] = await control.sql.select().from(users).where(eq(users.id, userId)).limit(1);
      if (!user || user.disabledAt !== null) {
        throw new Invalid({ person: 'They can no longer sign in on this server.' });
      }
      const at = now();
      const data = { role: role.key ?? role.name, teams: teamNames(inbox, teamIds) };
      await commit('full', [
        insertMember(inbox, { userId, name: member.name, role: role.id, at }),
        ...setTeams(inbox, userId, teamIds),
        auditRow(inbox, { at, actor: viewer, action: 'member.returned', object: `user:${userId}`, data }),
      ]);
      await control.write('full', [letIn(control, userId, accountId)]);
    }),
  );
}
