import { seesPhones } from '#src/conversations/masking.ts';
import { extentOf } from '#src/conversations/visible.ts';
import type { Viewer } from '#src/people/viewer.ts';

/**
 * What is pushed apart, by whom it concerns. Rows go to `scope:all` for those who see every conversation, and to each
 * of the others by themselves, as far as they may see them: no two see the same.
 */
export type Scope = 'scope:all' | `scope:some:${number}` | `conversation:${number}` | `user:${number}`;

/**
 * How a push is rendered: what may be seen × the language. A push is rendered once for each variant in use and
 * goes to that variant's topics, so that nothing a variant must not show is ever in its HTML.
 */
export const variants = ['full.en', 'masked.en'] as const;
export type Variant = (typeof variants)[number];

export type PersonViewer = Extract<Viewer, { kind: 'person' }>;

/** The name of a topic in the server, which serves every account: an account's topics carry its id. */
export function topicOf(accountId: number, scope: Scope, variant: Variant): string {
  return `${accountId}/${scope}/${variant}`;
}

/** The scope whose rows this viewer may see, if any, and their own. */
export function scopesOf(viewer: PersonViewer): Scope[] {
  return [...rowScope(viewer), `user:${viewer.userId}`];
}

export function rowScope(viewer: PersonViewer): Scope[] {
  const extent = extentOf(viewer);
  if (extent === 'none') {
    return [];
  }
  return extent === 'all' ? ['scope:all'] : [`scope:some:${viewer.userId}`];
}

export const variantOf = (viewer: PersonViewer): Variant => (seesPhones(viewer) ? 'full.en' : 'masked.en');
