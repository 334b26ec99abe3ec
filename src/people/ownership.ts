import { eq, sql } from 'drizzle-orm';
import { auditRow } from '#src/audit/audit-row.ts';
import type { Statement } from '#src/db/database.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { members, roles } from '#src/db/schema/inbox/index.ts';
import { Forbidden, Invalid, NotFound } from '#src/errors.ts';
import type { Afterwards } from './afterwards.ts';
import type { PlaceServices } from './change-place.ts';
import { findMember } from './members.ts';
import { manager, whoMayEnter } from './rights.ts';
import type { Viewer } from './viewer.ts';

type Person = Extract<Viewer, { kind: 'person' }>;

/**
 * Makes somebody an owner, and the owner who hands over whatever they choose to be then. Throws `NotFound` for
 * somebody who is not here, `Forbidden` unless the viewer is an owner now, and `Invalid` (`ownership`) for somebody who
 * cannot sign in.
 */
export async function handOverOwnership(
  { control, accounts, live, now }: PlaceServices,
  userId: number,
  becomes: Afterwards,
  viewer: Person,
): Promise<void> {
  await accounts.use(viewer.accountId, (inbox) =>
    inbox.turn(async (commit) => {
      await manager(inbox, viewer);
      const { role: before } = await findMember(inbox, userId);
      if (userId === viewer.userId) {
        throw new NotFound('nobody hands ownership over to themselves');
      }
      await mustOwn(inbox, viewer);
      if (!(await whoMayEnter(control, viewer.accountId)).has(userId)) {
        throw new Invalid({ ownership: 'They cannot sign in here now, so they cannot own it.' });
      }
      await commit('full', [
        giveRole(inbox, userId, 'owner'),
        giveRole(inbox, viewer.userId, becomes),
        auditRow(inbox, {
          at: now(),
          actor: viewer,
          action: 'ownership.handed_over',
          object: `user:${userId}`,
          data: { before: { role: before }, after: { role: 'owner' }, giver_becomes: becomes },
        }),
      ]);
    }),
  );
  await live.revalidate(userId);
  await live.revalidate(viewer.userId);
}

/** Throws `Forbidden` unless they are an owner now. */
export async function mustOwn(inbox: Inbox, { userId, permissions }: Person): Promise<void> {
  const { role } = await findMember(inbox, userId);
  if (role !== 'owner' || !permissions.has('people.manage')) {
    throw new Forbidden('only an owner hands ownership over');
  }
}

function giveRole({ sql: db }: Inbox, userId: number, key: Afterwards): Statement {
  const roleId = sql`(select ${roles.id} from ${roles} where ${roles.key} = ${key})`;
  return db.update(members).set({ roleId }).where(eq(members.userId, userId));
}
