import { and, eq, isNull } from 'drizzle-orm';
import type { Control } from '#src/db/control.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { memberships, users } from '#src/db/schema/control.ts';
import { members, roles } from '#src/db/schema/inbox/index.ts';
import { Forbidden } from '#src/errors.ts';
import { holds } from './grant-limit.ts';
import { findMember, type Member } from './members.ts';
import { grantsOf } from './roles.ts';
import type { Viewer } from './viewer.ts';

export type Role = typeof roles.$inferSelect;

type Rights = Pick<Member, 'role' | 'permissions' | 'sight'>;

/** Whether somebody with these rights may do all that this role may. Only an owner comes up to an owner. */
export function comesUpTo({ role, permissions }: Rights, other: Role): boolean {
  return (
    [...grantsOf(other)].every((permission) => permissions.has(permission)) &&
    (other.key !== 'owner' || role === 'owner')
  );
}

/** Whether they may give it to somebody: it may do no more than theirs, and see no more. */
export const mayGive = (rights: Rights, other: Role): boolean =>
  comesUpTo(rights, other) && holds(rights, { ...other, permissions: grantsOf(other) });

/** The rights of whoever looks after people, as they are now. Throws `Forbidden`. */
export async function manager(inbox: Inbox, viewer: Viewer): Promise<Member> {
  const member = viewer.kind === 'person' ? await findMember(inbox, viewer.userId) : null;
  if (!member?.permissions.has('people.manage') || !viewer.permissions.has('people.manage')) {
    throw new Forbidden('people.manage is not among their permissions');
  }
  return member;
}

/** Everybody with the role of an owner who can still sign in here. */
export async function activeOwners(inbox: Inbox, control: Control): Promise<number[]> {
  const owners = await inbox.sql
    .select({ userId: members.userId })
    .from(members)
    .innerJoin(roles, eq(roles.id, members.roleId))
    .where(and(eq(roles.key, 'owner'), isNull(members.leftAt)));
  const present = await whoMayEnter(control, inbox.accountId);
  return owners.map(({ userId }) => userId).filter((userId) => present.has(userId));
}

/** Everybody whom control.db lets into the account. */
export async function whoMayEnter({ sql: db }: Control, accountId: number): Promise<ReadonlySet<number>> {
  const { state, userId } = memberships;
  const rows = await db
    .select({ userId })
    .from(memberships)
    .innerJoin(users, eq(users.id, userId))
    .where(and(eq(memberships.accountId, accountId), eq(state, 'active'), isNull(users.disabledAt)));
  return new Set(rows.map((row) => row.userId));
}
