import { Forbidden } from '#src/errors.ts';
import type { Permission, Viewer } from './viewer.ts';

export function isAllowed(viewer: Viewer, permission: Permission): boolean {
  return viewer.permissions.has(permission);
}

/** Throws `Forbidden` unless the viewer may do this. */
export function demand(viewer: Viewer, permission: Permission): void {
  if (!isAllowed(viewer, permission)) {
    throw new Forbidden(`${permission} is not among this viewer's permissions`);
  }
}
