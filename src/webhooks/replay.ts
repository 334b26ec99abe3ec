import { and, desc, eq, inArray, lt, sql as raw } from 'drizzle-orm';
import { auditRow } from '#src/audit/audit-row.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { journal, journalItems } from '#src/db/schema/inbox/journal.ts';
import { NotFound } from '#src/errors.ts';
import { demand } from '#src/people/permission.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { announcing, wakeIntakeAnew } from './intake.ts';
import { circumstancesOf, takeIn } from './take-in.ts';
import type { WebhookServices } from './webhook-services.ts';

/** A change that could not be taken in, wholly or for some of its items. */
export type FailedChange = {
  id: number;
  field: string;
  receivedAt: number;
  state: 'failed' | 'partly';
  attempts: number;
  /** Why the whole of it failed. */
  error: string | null;
  /** The first of them. */
  items: { position: number; error: string }[];
  hasMoreItems: boolean;
};

/** Failed changes, the newest first; `next` is the value for `before` of the next page. */
export async function listFailed(
  inbox: Inbox,
  { before, limit }: { before?: number; limit: number },
): Promise<{ changes: FailedChange[]; next: number | null }> {
  const rows = await select(inbox, before ?? Number.MAX_SAFE_INTEGER, limit + 1);
  const shown = rows.slice(0, limit);
  const changes = withItems(inbox, shown);
  return { changes, next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null };
}

/** One of them, or `NotFound`. */
export async function findFailed(inbox: Inbox, id: number): Promise<FailedChange> {
  const rows = (await select(inbox, id + 1, 1)).filter((row) => row.id === id);
  const [found] = withItems(inbox, rows);
  if (!found) {
    throw new NotFound(`change ${id}`);
  }
  return found;
}

/** In these words, so that SQLite sees that the index of open rows serves. */
const isNotDone = raw`state <> 'done'`;

type Row = Pick<typeof journal.$inferSelect, 'id' | 'field' | 'receivedAt' | 'state' | 'attempts' | 'error'>;

function select({ sql }: Inbox, before: number, limit: number): Promise<Row[]> {
  const { id, field, receivedAt, state, attempts, error } = journal;
  return sql
    .select({ id, field, receivedAt, state, attempts, error })
    .from(journal)
    .where(and(isNotDone, inArray(journal.state, ['failed', 'partly']), lt(journal.id, before)))
    .orderBy(desc(journal.id))
    .limit(limit);
}

/** Of one change; it may have thousands, mostly for the same reason. */
const MOST_ITEMS = 20;
const ITEMS = 'select position, error from journal_items where journal_id = ? order by position limit ?';

function withItems({ rows }: Inbox, failed: readonly Row[]): FailedChange[] {
  return failed.map((row) => {
    const items = rows(ITEMS, [row.id, MOST_ITEMS + 1]);
    return {
      ...row,
      state: row.state === 'failed' ? 'failed' : 'partly',
      items: items
        .slice(0, MOST_ITEMS)
        .map(([position, error]) => ({ position: Number(position), error: String(error) })),
      hasMoreItems: items.length > MOST_ITEMS,
    };
  });
}

/**
 * Tries a failed change again, now: what is in already stays as it is. Gives the change as it failed again, or
 * null when all of it went in. Throws `NotFound` and `Forbidden`. The attempt is committed before it is made,
 * as at opening: it may be one that makes the process exit.
 */
export async function replay(
  services: WebhookServices,
  inbox: Inbox,
  id: number,
  viewer: Viewer,
): Promise<FailedChange | null> {
  demand(viewer, 'settings.manage');
  const at = services.now();
  await announcing(services, inbox, (onChanges) =>
    inbox.turn(async (commit) => {
      const { field, state, attempts } = await findFailed(inbox, id);
      const data = { field, before: { state, attempts }, after: { state: 'pending', attempts: 1 } };
      const [row] = await inbox.sql.select().from(journal).where(eq(journal.id, id)).limit(1);
      await commit('full', [
        inbox.sql.update(journal).set({ state: 'pending', attempts: 1 }).where(eq(journal.id, id)),
        inbox.sql.delete(journalItems).where(eq(journalItems.journalId, id)),
        auditRow(inbox, { at, actor: viewer, action: 'change.replayed', object: `change:${id}`, data }),
      ]);
      const circumstances = circumstancesOf(services, { inbox, commit, now: at, onChanges });
      await takeIn(circumstances, row ? [row] : []).catch((error) => {
        // It waits now, in no list that anybody sees.
        wakeIntakeAnew(services, inbox);
        throw error;
      });
    }),
  );
  return findFailed(inbox, id).catch((error) => {
    if (error instanceof NotFound) {
      return null;
    }
    throw error;
  });
}
