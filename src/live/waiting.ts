import { and, inArray, isNull } from 'drizzle-orm';
import { COUNT_LIMIT, type WaitingCounts } from '#src/conversations/counts.ts';
import { openAndWaiting } from '#src/conversations/views.ts';
import { extentOf, type Holder, maySee } from '#src/conversations/visible.ts';
import { built, places } from '#src/db/built.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { filledUp } from '#src/db/lookup.ts';
import { conversations } from '#src/db/schema/inbox/index.ts';
import type { PersonViewer } from './topics.ts';

const { id, assigneeId, teamId, mergedIntoId } = conversations;
const waits = and(openAndWaiting, isNull(mergedIntoId));
const AT_ONCE = 256;

/** Who waits for an answer, in memory: kept while somebody watches, and changed by what is pushed to them. */
export type Waiting = {
  /** The holder of each waiting conversation, by its name. */
  held: Map<number, string>;
  /** Each holder with how many wait for it: there are few, however many wait. */
  holders: Map<string, Holder & { size: number }>;
};

export async function loadWaiting({ sql: db }: Inbox): Promise<Waiting> {
  const waiting: Waiting = { held: new Map(), holders: new Map() };
  for (const row of await db.select({ id, assigneeId, teamId }).from(conversations).where(waits)) {
    put(waiting, row.id, row);
  }
  return waiting;
}

/** Takes over how these conversations stand now. Returns the members to whom one of them is or was assigned. */
export async function renewWaiting(
  waiting: Waiting,
  inbox: Inbox,
  changed: ReadonlySet<number>,
): Promise<Set<number>> {
  const concerned = new Set<number>();
  const ids = [...changed];
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const some = ids.slice(from, from + AT_ONCE);
    const list = filledUp(some);
    const statement = built(inbox, `waiting ${list.length}`, () =>
      inbox.sql
        .select({ id, assigneeId, teamId })
        .from(conversations)
        .where(and(inArray(id, places(list)), waits))
        .prepare(),
    );
    const rows = await statement.all(Object.fromEntries(list.entries()));
    const now = new Map(rows.map((row) => [row.id, row]));
    for (const one of some) {
      for (const holder of [holderOf(waiting, one), now.get(one)]) {
        if (typeof holder?.assigneeId === 'number') {
          concerned.add(holder.assigneeId);
        }
      }
      put(waiting, one, now.get(one));
    }
  }
  return concerned;
}

/** What this viewer is shown; beyond `COUNT_LIMIT` it makes no difference. */
export function countsFor({ holders }: Waiting, viewer: PersonViewer): WaitingCounts {
  const seen = extentOf(viewer) === 'none' ? [] : [...holders.values()].filter((one) => maySee(viewer, one));
  return {
    mine: sizeOf(seen.filter((one) => one.assigneeId === viewer.userId)),
    unassigned: sizeOf(seen.filter((one) => one.assigneeId === null)),
    all: sizeOf(seen),
  };
}

const sizeOf = (holders: readonly { size: number }[]) =>
  Math.min(
    COUNT_LIMIT,
    holders.reduce((sum, { size }) => sum + size, 0),
  );

function holderOf({ held, holders }: Waiting, conversationId: number): Holder | undefined {
  return holders.get(held.get(conversationId) ?? '');
}

function put(waiting: Waiting, conversationId: number, holder: Holder | undefined): void {
  const { held, holders } = waiting;
  const before = holders.get(held.get(conversationId) ?? '');
  if (before) {
    before.size -= 1;
    held.delete(conversationId);
  }
  if (holder) {
    const name = `${holder.assigneeId} ${holder.teamId}`;
    const now = holders.get(name) ?? { assigneeId: holder.assigneeId, teamId: holder.teamId, size: 0 };
    now.size += 1;
    holders.set(name, now);
    held.set(conversationId, name);
  }
}
