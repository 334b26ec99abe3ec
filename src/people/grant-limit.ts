import { Forbidden } from '#src/errors.ts';
import type { Grant } from './role.ts';
import type { Viewer } from './viewer.ts';

/** From least to most. */
const byWidth: readonly Grant['reach'][] = ['own', 'teams', 'all'];

/**
 * Whether all of this is the viewer's own as well: nobody gives more than they have, or they could give it to
 * themselves by way of somebody else.
 */
export function holds(viewer: Viewer, { permissions, reach, seesUnassigned, seesPhones }: Grant): boolean {
  if (viewer.kind === 'key') {
    return false;
  }
  const { sight } = viewer;
  return (
    [...permissions].every((permission) => viewer.permissions.has(permission)) &&
    byWidth.indexOf(reach) <= byWidth.indexOf(sight.reach) &&
    (!seesUnassigned || sight.seesUnassigned || sight.reach === 'all') &&
    (!seesPhones || sight.seesPhones)
  );
}

/** Throws `Forbidden` unless the viewer has all of it. */
export function demandHeld(viewer: Viewer, grant: Grant): void {
  if (!holds(viewer, grant)) {
    throw new Forbidden('this viewer would give more than they have');
  }
}
