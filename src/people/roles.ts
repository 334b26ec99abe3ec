import type { Statement } from '#src/db/database.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { roles } from '#src/db/schema/inbox/index.ts';
import { type Permission, permissions } from './viewer.ts';

type BuiltInRole = { name: string; permissions: readonly Permission[] };

/** The roles every account begins with. */
export const builtInRoles = {
  owner: { name: 'Owner', permissions },
  admin: { name: 'Admin', permissions },
  supervisor: {
    name: 'Supervisor',
    permissions: [
      'conversations.read',
      'conversations.write',
      'messages.send',
      'contacts.merge',
      'contacts.block',
    ],
  },
  agent: {
    name: 'Agent',
    permissions: ['conversations.read', 'conversations.write', 'messages.send', 'contacts.block'],
  },
  read_only: { name: 'Read only', permissions: ['conversations.read'] },
} as const satisfies Record<string, BuiltInRole>;

export type RoleKey = keyof typeof builtInRoles;

export function isRoleKey(text: string): text is RoleKey {
  return Object.hasOwn(builtInRoles, text);
}

/** Whether what a built-in role sees is fixed as well: an owner who sees less could not set it right again. */
export const isFixed = (key: RoleKey): boolean => key === 'owner' || key === 'admin';

/** What a role's row grants. What a built-in role may do is decided by the program, whatever its row says. */
export function grantsOf(row: { key: string | null; permissions: string }): ReadonlySet<Permission> {
  return row.key !== null && isRoleKey(row.key)
    ? new Set(builtInRoles[row.key].permissions)
    : readPermissions(row.permissions);
}

/** Inserts the built-in roles that are missing. */
export function insertBuiltInRoles(inbox: Inbox): Statement {
  const rows = Object.entries(builtInRoles).map(([key, role]) => ({
    id: inbox.nextId(),
    key,
    name: role.name,
    permissions: role.permissions.join(' '),
  }));
  return inbox.sql.insert(roles).values(rows).onConflictDoNothing();
}

/** The permissions named in a role's row; a name this version does not know grants nothing. */
function readPermissions(text: string): ReadonlySet<Permission> {
  const named = text.split(' ');
  return new Set(permissions.filter((permission) => named.includes(permission)));
}
