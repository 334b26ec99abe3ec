import type { accountStates } from '#src/db/schema/control.ts';
import type { Permission } from '#src/people/viewer.ts';

export type AccountState = (typeof accountStates)[number];

/** Whether anybody may enter the account at all. */
export function isOpenToPeople(state: AccountState): boolean {
  return state === 'active' || state === 'suspended' || state === 'cancelled';
}

/**
 * What somebody's permissions come to in an account of this state. A suspended one does not send;
 * in a cancelled one nobody writes, and those who run it may still read.
 */
export function permissionsIn(
  state: AccountState,
  permissions: ReadonlySet<Permission>,
): ReadonlySet<Permission> {
  if (state === 'active') {
    return permissions;
  } else if (state === 'suspended') {
    return new Set([...permissions].filter((permission) => permission !== 'messages.send'));
  } else if (state === 'cancelled' && permissions.has('people.manage')) {
    return new Set(['conversations.read']);
  } else {
    return new Set();
  }
}
