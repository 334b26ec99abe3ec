import { Forbidden, Problem } from '#src/errors.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { PROOF_MS } from './limits.ts';

/**
 * For a change that a borrowed session must not make. Throws when the session's owner has not proven who they are
 * within ten minutes: pages answer that by asking for it, and lead back to where it was asked. A key proves nothing
 * and gets `Forbidden`.
 */
export function demandProof(viewer: Viewer, now: number): void {
  if (viewer.kind !== 'person') {
    throw new Forbidden('only somebody who is signed in can prove who they are');
  } else if (!isProven(viewer.provenAt, now)) {
    throw new Problem(
      403,
      'proof-needed',
      'It has to be certain that it is you',
      'Nothing was changed. Give the password, a code or a passkey once more, then ask again.',
    );
  }
}

/** A proof that lies in the future was given before the clock was set back: it counts for nothing. */
export function isProven(provenAt: number | null | undefined, now: number): boolean {
  return provenAt != null && provenAt <= now && now - provenAt < PROOF_MS;
}
