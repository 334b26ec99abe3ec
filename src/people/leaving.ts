import { and, eq, inArray, isNull } from 'drizzle-orm';
import { auditRow } from '#src/audit/audit-row.ts';
import type { Control } from '#src/db/control.ts';
import { apiKeys, memberships, sessions } from '#src/db/schema/control.ts';
import { members } from '#src/db/schema/inbox/index.ts';
import { Forbidden, Invalid, NotFound } from '#src/errors.ts';
import type { Live } from '#src/live/live.ts';
import type { Services } from '#src/services.ts';
import { lastOwner } from './change-place.ts';
import { finishLeaving } from './finish-leaving.ts';
import { openInvitations } from './invitations.ts';
import { endLink, unusedLinksOf } from './links.ts';
import { findRole } from './place.ts';
import { activeOwners, comesUpTo, manager } from './rights.ts';
import type { Viewer } from './viewer.ts';

export type LeavingServices = Pick<Services, 'control' | 'accounts' | 'now'> & {
  live: Pick<Live, 'revalidate' | 'endUser' | 'publish'>;
};

type Person = Extract<Viewer, { kind: 'person' }>;

/**
 * Takes somebody out of the viewer's account. First they can no longer enter (membership, sessions, invitations they
 * made, and the API keys named); then their open conversations go to a team or nobody. What a crash leaves of the second
 * half is done when the account is opened next. Throws `NotFound`, `Forbidden`, and `Invalid` (`person`) for the last
 * owner and for oneself.
 */
export async function takeOut(
  services: LeavingServices,
  userId: number,
  { revoke }: { revoke: readonly number[] },
  viewer: Person,
): Promise<void> {
  const { control, accounts, live, now } = services;
  const { accountId } = viewer;
  await accounts.use(accountId, async (inbox) => {
    await inbox.turn(async (commit) => {
      const { sql: db } = inbox;
      const giver = await manager(inbox, viewer);
      const [member] = await db.select().from(members).where(eq(members.userId, userId)).limit(1);
      if (!member || member.leftAt !== null) {
        throw new NotFound(`user ${userId} is not a member`);
      }
      const role = await findRole(inbox, member.roleId);
      if (!role || !comesUpTo(giver, role)) {
        throw new Forbidden(`user ${userId} may do more than user ${giver.userId}`);
      } else if (userId === viewer.userId) {
        throw new Invalid({ person: 'You cannot take yourself out: another owner or admin does it.' });
      }
      const others = (await activeOwners(inbox, control)).filter((id) => id !== userId);
      if (role.key === 'owner' && others.length === 0) {
        throw new Invalid({ person: lastOwner });
      }
      const keys = await keysToRevoke(control, accountId, userId, revoke);
      await shutOut(services, accountId, userId, keys);
      const at = now();
      await commit('full', [
        db.update(members).set({ leftAt: at }).where(eq(members.userId, userId)),
        auditRow(inbox, {
          at,
          actor: viewer,
          action: 'member.left',
          object: `user:${userId}`,
          data: { role: role.key ?? role.name, revoked_keys: keys },
        }),
        ...keys.map((id) =>
          auditRow(inbox, { at, actor: viewer, action: 'api_key.revoked', object: `api_key:${id}` }),
        ),
      ]);
    });
    await endSockets(services, userId);
    await finishLeaving({ inbox, live, now }, viewer);
  });
}

/** From here on they are out, whatever happens next. */
async function shutOut(
  { control, now }: LeavingServices,
  accountId: number,
  userId: number,
  keys: readonly number[],
): Promise<void> {
  const { sql: db } = control;
  const at = now();
  const invited = (await openInvitations({ control, now }, accountId)).filter(({ by }) => by === userId);
  const links = (await unusedLinksOf(control, userId, ['email', 'reset'])).filter(
    (link) => link.accountId === accountId,
  );
  await control.write('full', [
    db
      .update(memberships)
      .set({ state: 'disabled' })
      .where(and(eq(memberships.userId, userId), eq(memberships.accountId, accountId))),
    db.delete(sessions).where(and(eq(sessions.userId, userId), eq(sessions.accountId, accountId))),
    db
      .update(apiKeys)
      .set({ revokedAt: at })
      .where(and(inArray(apiKeys.id, [...keys]), eq(apiKeys.accountId, accountId))),
    ...invited.map(({ link }) => endLink(control, link, 'withdrawn', at)),
    ...links.map((link) => endLink(control, link, 'withdrawn', at)),
  ]);
}

/** Somebody who works in another business goes on there: only the sockets of this one end. */
async function endSockets({ control, live }: LeavingServices, userId: number): Promise<void> {
  const elsewhere = await control.sql
    .select({ id: memberships.accountId })
    .from(memberships)
    .where(and(eq(memberships.userId, userId), eq(memberships.state, 'active')))
    .limit(1);
  if (elsewhere.length > 0) {
    await live.revalidate(userId);
  } else {
    live.endUser(userId);
  }
}

export type OwnKey = { id: number; name: string; createdAt: number; usedAt: number | null };

/** The API keys that somebody made in an account and that work still. */
export async function keysMadeBy({ sql: db }: Control, accountId: number, userId: number): Promise<OwnKey[]> {
  const { id, name, createdAt, usedAt } = apiKeys;
  return db
    .select({ id, name, createdAt, usedAt })
    .from(apiKeys)
    .where(and(eq(apiKeys.accountId, accountId), eq(apiKeys.createdBy, userId), isNull(apiKeys.revokedAt)))
    .orderBy(id);
}

/** Ids of keys that are not theirs are left alone. */
async function keysToRevoke(
  control: Control,
  accountId: number,
  userId: number,
  wanted: readonly number[],
): Promise<number[]> {
  const keys = await keysMadeBy(control, accountId, userId);
  return keys.map(({ id }) => id).filter((id) => wanted.includes(id));
}
