import { and, inArray, isNull } from 'drizzle-orm';
import { COUNT_LIMIT, type WaitingCounts } from '#src/conversations/counts.ts';
import { openAndWaiting } from '#src/conversations/views.ts';
import { sightOf } from '#src/conversations/visible.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { conversations } from '#src/db/schema/inbox/index.ts';
import type { PersonViewer } from './topics.ts';

const { id, assigneeId, mergedIntoId } = conversations;
const waits = and(openAndWaiting, isNull(mergedIntoId));
const AT_ONCE = 500;

/** Who waits for an answer, in memory: kept while somebody watches, and changed by what is pushed to them. */
export type Waiting = {
  /** Whose each waiting conversation is; null: nobody's. */
  assignees: Map<number, number | null>;
  /** How many wait for each. */
  sizes: Map<number | null, number>;
};

export async function loadWaiting({ sql: db }: Inbox): Promise<Waiting> {
  const waiting: Waiting = { assignees: new Map(), sizes: new Map() };
  for (const row of await db.select({ id, assigneeId }).from(conversations).where(waits)) {
    put(waiting, row.id, row.assigneeId);
  }
  return waiting;
}

/** Takes over how these conversations stand now. Returns the members whose count may differ. */
export async function renewWaiting(
  waiting: Waiting,
  { sql: db }: Inbox,
  changed: ReadonlySet<number>,
): Promise<Set<number>> {
  const concerned = new Set<number>();
  const ids = [...changed];
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const some = ids.slice(from, from + AT_ONCE);
    const rows = await db
      .select({ id, assigneeId })
      .from(conversations)
      .where(and(inArray(id, some), waits));
    const now = new Map(rows.map((row) => [row.id, row.assigneeId]));
    for (const one of some) {
      for (const assignee of [waiting.assignees.get(one), now.get(one)]) {
        if (typeof assignee === 'number') {
          concerned.add(assignee);
        }
      }
      put(waiting, one, now.get(one));
    }
  }
  return concerned;
}

/** What this viewer is shown; beyond `COUNT_LIMIT` it makes no difference. */
export function countsFor({ assignees, sizes }: Waiting, viewer: PersonViewer): WaitingCounts {
  const sight = sightOf(viewer);
  const mine = sight === 'none' ? 0 : atMost(sizes.get(viewer.userId));
  return sight === 'all'
    ? { mine, unassigned: atMost(sizes.get(null)), all: atMost(assignees.size) }
    : { mine, unassigned: 0, all: mine };
}

function put({ assignees, sizes }: Waiting, conversationId: number, assignee: number | null | undefined) {
  const before = assignees.get(conversationId);
  if (before !== undefined) {
    sizes.set(before, (sizes.get(before) ?? 0) - 1);
    assignees.delete(conversationId);
  }
  if (assignee !== undefined) {
    sizes.set(assignee, (sizes.get(assignee) ?? 0) + 1);
    assignees.set(conversationId, assignee);
  }
}

function atMost(size = 0): number {
  return Math.min(size, COUNT_LIMIT);
}
