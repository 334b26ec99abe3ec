import { Forbidden } from '#src/errors.ts';
import type { Grant } from './role.ts';
import type { Permission, Sight, Viewer } from './viewer.ts';

/** From least to most. */
const byWidth: readonly Grant['reach'][] = ['own', 'teams', 'all'];

/** What somebody may do and see. */
export type Held = { permissions: ReadonlySet<Permission>; sight: Sight };

/**
 * Whether all of this is theirs as well: nobody gives more than they have, or they could give it to themselves by way of
 * somebody else.
 */
export function holds(held: Held, { permissions, reach, seesUnassigned, seesPhones }: Grant): boolean {
  const { sight } = held;
  return (
    [...permissions].every((permission) => held.permissions.has(permission)) &&
    byWidth.indexOf(reach) <= byWidth.indexOf(sight.reach) &&
    (!seesUnassigned || sight.seesUnassigned || sight.reach === 'all') &&
    (!seesPhones || sight.seesPhones)
  );
}

/** Throws `Forbidden` unless the viewer has all of it. */
export function demandHeld(viewer: Viewer, grant: Grant): void {
  if (viewer.kind !== 'person' || !holds(viewer, grant)) {
    throw new Forbidden('this viewer would give more than they have');
  }
}
