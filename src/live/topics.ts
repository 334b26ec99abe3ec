import { type Sight, sightOf } from '#src/conversations/visible.ts';
import type { Viewer } from '#src/people/viewer.ts';

/** What is pushed apart, by whom it concerns. */
export type Scope = 'scope:all' | `scope:mine:${number}` | `conversation:${number}` | `user:${number}`;

/**
 * How a push is rendered: what may be seen × the language. A push is rendered once for each variant in use and
 * goes to that variant's topics, so that nothing a variant must not show is ever in its HTML.
 */
export const variants = ['full.en'] as const;
export type Variant = (typeof variants)[number];

export type PersonViewer = Extract<Viewer, { kind: 'person' }>;

/** The name of a topic in the server, which serves every account: an account's topics carry its id. */
export function topicOf(accountId: number, scope: Scope, variant: Variant): string {
  return `${accountId}/${scope}/${variant}`;
}

/** The scopes whose rows this viewer may see, and their own; never two that carry the same row. */
export function scopesOf(viewer: PersonViewer): Scope[] {
  const rows: Record<Sight, Scope[]> = { all: ['scope:all'], own: [`scope:mine:${viewer.userId}`], none: [] };
  return [...rows[sightOf(viewer)], `user:${viewer.userId}`];
}

/** The scopes a conversation is in. */
export function rowScopes(row: { assignee: { id: number } | null }): Scope[] {
  return row.assignee === null ? ['scope:all'] : ['scope:all', `scope:mine:${row.assignee.id}`];
}

/** Every account member is shown the same today: whole phone numbers, in English. */
export function variantOf(_viewer: PersonViewer): Variant {
  return 'full.en';
}
