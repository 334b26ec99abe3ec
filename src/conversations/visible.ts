import { type SQL, sql } from 'drizzle-orm';
import { conversations } from '#src/db/schema/inbox/index.ts';
import type { Viewer } from '#src/people/viewer.ts';

/** `all`: every conversation of the account; `own`: the ones assigned to them; `none`: nothing. */
export type Sight = 'all' | 'own' | 'none';

/** How much this viewer may see. Who may work on conversations without reading all of them has their own. */
export function sightOf(viewer: Viewer): Sight {
  if (viewer.permissions.has('conversations.read')) {
    return 'all';
  } else {
    return viewer.kind === 'person' && viewer.permissions.has('conversations.write') ? 'own' : 'none';
  }
}

/**
 * The condition on `conversations` that leaves what this viewer may see. It belongs into every statement that
 * reads a conversation for somebody: filtering afterwards would break pages and leak through counts.
 */
export function visible(viewer: Viewer): SQL {
  const sight = sightOf(viewer);
  if (sight === 'all') {
    return sql`1`;
  } else if (sight === 'own' && viewer.kind === 'person') {
    return sql`${conversations.assigneeId} = ${viewer.userId}`;
  } else {
    return sql`0`;
  }
}

/** Names what `visible` and a person's own marks depend on: statements for viewers of one key are the same. */
export function viewerKey(viewer: Viewer): string {
  return `${sightOf(viewer)} ${viewer.kind === 'person' ? viewer.userId : 'key'}`;
}

/** The same question about a conversation at hand. */
export function maySee(viewer: Viewer, assigneeId: number | undefined): boolean {
  const sight = sightOf(viewer);
  return sight === 'all' || (sight === 'own' && viewer.kind === 'person' && viewer.userId === assigneeId);
}
