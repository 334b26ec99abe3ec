import { Invalid } from '#src/errors.ts';
import type { Permission, Viewer } from '#src/people/viewer.ts';

/** What the API offers, and so all that a key can be given. */
export const apiScopes = [
  'conversations.read',
  'conversations.write',
  'messages.send',
] as const satisfies readonly Permission[];
export type Scope = (typeof apiScopes)[number];

/** What a key's row grants. No scopes: everything the API offers. */
export function scopesOf(text: string): readonly Scope[] {
  const named = text.split(' ');
  return apiScopes.filter((scope) => text === '' || named.includes(scope));
}

/** Scopes by their names, each once. Throws `Invalid({ scopes })` for one that the API does not offer. */
export function readScopes(given: readonly string[]): readonly Scope[] {
  const unknown = given.find((name) => !apiScopes.some((scope) => scope === name));
  if (unknown !== undefined) {
    throw new Invalid({ scopes: `Give some of ${apiScopes.join(', ')}, or none for all.` });
  }
  return apiScopes.filter((scope) => given.includes(scope));
}

/**
 * What somebody can give a key: nothing that they may not do themselves. A key stands for the account, so that it
 * reaches every conversation and shows whole phone numbers; who sees less cannot have one made that sees more.
 */
export function grantable(viewer: Viewer): readonly Scope[] {
  const isNarrow = viewer.kind === 'person' && viewer.sight.reach !== 'all';
  const isMasked = viewer.kind === 'person' && !viewer.sight.seesPhones;
  return apiScopes.filter(
    (scope) => viewer.permissions.has(scope) && !isNarrow && !(isMasked && scope === 'conversations.read'),
  );
}
