import { and, count, eq, isNull, ne } from 'drizzle-orm';
import { loadSummaries } from '#src/conversations/summaries.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { conversations } from '#src/db/schema/inbox/index.ts';
import { dataOf } from './links.ts';
import type { Viewer } from './viewer.ts';

/** How many open conversations somebody holds. */
export async function countHeld({ sql: db }: Inbox, userId: number): Promise<number> {
  const [row] = await db
    .select({ held: count() })
    .from(conversations)
    .where(
      and(
        eq(conversations.assigneeId, userId),
        ne(conversations.state, 'closed'),
        isNull(conversations.mergedIntoId),
      ),
    );
  return row?.held ?? 0;
}

export type LeftBehind = { id: number; name: string; snippet: string; team: string | null };

/** At most so many are listed: they are in the inbox too. */
const MOST = 200;

/** The conversations that somebody held when they left and that nobody has yet, as far as the viewer may see them. */
export async function leftBehind(
  inbox: Inbox,
  { userId, leftAt }: { userId: number; leftAt: number },
  viewer: Viewer,
): Promise<LeftBehind[]> {
  const ids = handedBack(inbox, userId, leftAt).slice(0, MOST);
  const teamNames = new Map(inbox.rows('select id, name from teams').map(([id, name]) => [id, String(name)]));
  const summaries = await loadSummaries(inbox, ids, viewer);
  return summaries
    .filter(({ mergedIntoId }) => mergedIntoId === undefined)
    .filter(({ assignee, state }) => assignee === null && state !== 'closed')
    .sort((a, b) => a.id - b.id)
    .map(({ id, contact, snippet, teamId }) => ({
      id,
      name: contact.name,
      snippet,
      team: teamNames.get(teamId) ?? null,
    }));
}

/** The audit trail knows which they were. */
function handedBack({ rows }: Inbox, userId: number, since: number): number[] {
  const found = rows(
    "select data from audit where object = ? and action = 'conversations.unassigned' and at >= ? order by id",
    [`user:${userId}`, since],
  );
  return found.flatMap(([data]) => {
    const { conversations: ids } = dataOf(String(data));
    return Array.isArray(ids) ? ids.map(Number) : [];
  });
}
