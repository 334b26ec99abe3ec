import type { Inbox } from '#src/db/inbox.ts';
import { NotFound } from '#src/errors.ts';
import type { PersonProps } from '#views/people/person-page.tsx';
import { mayHelp } from './help-colleague.ts';
import { canMailLinks, canWrite } from './mail-part.ts';
import type { Managing, PersonViewer } from './managing.ts';
import { findRole, placesFor } from './place.ts';
import { comesUpTo, manager, mayGive } from './rights.ts';
import { findColleague } from './roster.ts';

/** One person with everything that the viewer may do for them. Throws `Forbidden` and `NotFound`. */
export async function loadPerson(
  services: Managing,
  inbox: Inbox,
  userId: number,
  viewer: PersonViewer,
): Promise<Pick<PersonProps, 'person' | 'roles' | 'teams' | 'may' | 'hasMail'>> {
  const { control } = services;
  const giver = await manager(inbox, viewer);
  const person = await findColleague(inbox, control, userId);
  const { roles, teams } = await placesFor(inbox, giver);
  const role = await findRole(inbox, person.role.id);
  if (!role) {
    throw new NotFound(`role ${person.role.id}`);
  }
  const giveRole = mayGive(giver, role);
  const isHere = person.leftAt === null;
  const help = isHere && (await mayHelp(inbox, control, userId, viewer));
  return {
    person,
    roles: giveRole || !isHere ? roles : [{ id: role.id, name: role.name }, ...roles],
    teams,
    hasMail: canMailLinks(services),
    may: {
      manage: comesUpTo(giver, role),
      giveRole,
      help,
      email: help && !canWrite(services),
      handOver: isHere && giver.role === 'owner' && userId !== viewer.userId,
    },
  };
}
