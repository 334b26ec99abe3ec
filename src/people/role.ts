import { asc, count, eq, isNull, sql } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { members, type reaches, roles } from '#src/db/schema/inbox/index.ts';
import { NotFound } from '#src/errors.ts';
import { grantsOf } from './roles.ts';
import type { Permission } from './viewer.ts';

/** What somebody with a role may do and see. */
export type Grant = {
  permissions: ReadonlySet<Permission>;
  reach: (typeof reaches)[number];
  seesUnassigned: boolean;
  seesPhones: boolean;
};

export type Role = Grant & {
  id: number;
  /** Of a built-in one; null for one of the account's own. */
  key: string | null;
  name: string;
  needsSecondFactor: boolean;
  /** Who has it now. */
  memberCount: number;
};

type Row = typeof roles.$inferSelect;

export function toRole(row: Row, memberCount: number): Role {
  const { id, key, name, reach, seesUnassigned, seesPhones, needsSecondFactor } = row;
  const permissions = grantsOf(row);
  return { id, key, name, permissions, reach, seesUnassigned, seesPhones, needsSecondFactor, memberCount };
}

/** Every role of the account, the built-in ones first. */
export async function listRoles({ sql: db }: Inbox): Promise<Role[]> {
  const here = db
    .select({ roleId: members.roleId, size: count().as('size') })
    .from(members)
    .where(isNull(members.leftAt))
    .groupBy(members.roleId)
    .as('here');
  const rows = await db
    .select({ role: roles, size: sql<number>`coalesce(${here.size}, 0)` })
    .from(roles)
    .leftJoin(here, eq(here.roleId, roles.id))
    .orderBy(sql`${roles.key} is null`, asc(roles.id));
  return rows.map(({ role, size }) => toRole(role, size));
}

/** Throws `NotFound`. */
export async function findRole(inbox: Inbox, id: number): Promise<Role> {
  const found = (await listRoles(inbox)).find((role) => role.id === id);
  if (!found) {
    throw new NotFound(`role ${id}`);
  }
  return found;
}
