import { apiScopes, type Scope } from '#src/api/scopes.ts';
import { words } from '../words/words.ts';

/** What a key may do, in words. */
export function scopeWords(scopes: readonly Scope[]): string {
  return scopes.length === apiScopes.length
    ? words.keys.everything
    : scopes.map((scope) => words.keys.scopeNames[scope][0]).join(' · ');
}
