import { type SQL, sql } from 'drizzle-orm';
import { conversations } from '#src/db/schema/inbox/index.ts';
import type { Viewer } from '#src/people/viewer.ts';

/** Where a conversation is: with whom, and with which team. */
export type Holder = { assigneeId: number | null; teamId: number | null };

type Person = Extract<Viewer, { kind: 'person' }>;

/** `all`: every conversation of the account; `some`: as their sight says; `none`: nothing. */
export type Extent = 'all' | 'some' | 'none';

/** How much this viewer may see. A key stands for the account. */
export function extentOf(viewer: Viewer): Extent {
  if (!viewer.permissions.has('conversations.read')) {
    return 'none';
  } else {
    return viewer.kind === 'key' || viewer.sight.reach === 'all' ? 'all' : 'some';
  }
}

/**
 * The condition on `conversations` that leaves what this viewer may see. It belongs into every statement that
 * reads a conversation for somebody: filtering afterwards would break pages and leak through counts.
 */
export function visible(viewer: Viewer): SQL {
  const extent = extentOf(viewer);
  if (viewer.kind === 'key' || extent !== 'some') {
    return extent === 'all' ? sql`1` : sql`0`;
  }
  return sql`(${sql.join(waysToSee(viewer), sql` or `)})`;
}

const { assigneeId, teamId } = conversations;

/**
 * What makes a conversation theirs to see; each is enough. `maySee` says the same of one at hand. The signs keep SQLite
 * from collecting each by an index of its own and sorting all of it: a list is read in its order until it is full.
 */
function waysToSee({ userId, sight }: Person): SQL[] {
  const { reach, seesUnassigned, teamIds } = sight;
  if (reach === 'own' && !seesUnassigned) {
    return [sql`${assigneeId} = ${userId}`];
  }
  const isOfTeams = sql`+${teamId} in ${teamIds.length === 0 ? [0] : [...teamIds]}`;
  return [
    sql`+${assigneeId} = ${userId}`,
    ...(reach === 'teams' ? [isOfTeams] : []),
    ...(seesUnassigned ? [sql`(+${assigneeId} is null and (+${teamId} is null or ${isOfTeams}))`] : []),
  ];
}

/** The same question about a conversation at hand. */
export function maySee(viewer: Viewer, { assigneeId: whose, teamId: team }: Holder): boolean {
  const extent = extentOf(viewer);
  if (viewer.kind === 'key' || extent !== 'some') {
    return extent === 'all';
  }
  const { reach, seesUnassigned, teamIds } = viewer.sight;
  const isOfTeams = team !== null && teamIds.includes(team);
  return (
    whose === viewer.userId ||
    (reach === 'teams' && isOfTeams) ||
    (seesUnassigned && whose === null && (team === null || isOfTeams))
  );
}

/** Whether they see nothing but what is assigned to them. */
export const seesOnlyOwn = (viewer: Viewer): viewer is Person =>
  viewer.kind === 'person' &&
  extentOf(viewer) === 'some' &&
  viewer.sight.reach === 'own' &&
  !viewer.sight.seesUnassigned;

/** Names what `visible` and a person's own marks depend on: statements for viewers of one key are the same. */
export function viewerKey(viewer: Viewer): string {
  const extent = extentOf(viewer);
  if (viewer.kind === 'key') {
    return `${extent} key`;
  }
  const { reach, seesUnassigned, teamIds } = viewer.sight;
  const some = extent === 'some' ? ` ${reach} ${seesUnassigned} ${teamIds.join()}` : '';
  return `${extent} ${viewer.userId}${some}`;
}
