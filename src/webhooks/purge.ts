import { and, inArray, lt, sql } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { journal, journalContacts, journalItems, parkedStatuses } from '#src/db/schema/inbox/index.ts';
import { nextTurn } from './group-commit.ts';

export const JOURNAL_KEPT_MS = 30 * 24 * 60 * 60 * 1000;
export const MOST_PARKED_STATUSES = 100_000;
const AT_ONCE = 500;
/** In these words, so that SQLite sees that the index of done rows serves. */
const isDone = sql`state = 'done'`;

/**
 * Lets go of raw changes 30 days after they were understood, in small batches. What was not understood, wholly
 * or in part, stays until somebody replays it.
 */
export async function purgeJournal(inbox: Inbox, now: number): Promise<void> {
  while (await purgeSome(inbox, now - JOURNAL_KEPT_MS)) {
    await nextTurn();
  }
}

function purgeSome(inbox: Inbox, before: number): Promise<boolean> {
  const { sql: db } = inbox;
  return inbox.turn(async (commit) => {
    const old = await db
      .select({ id: journal.id })
      .from(journal)
      .where(and(isDone, lt(journal.doneAt, before)))
      .limit(AT_ONCE);
    const ids = old.map((row) => row.id);
    if (ids.length > 0) {
      await commit('normal', [
        db.delete(journalContacts).where(inArray(journalContacts.journalId, ids)),
        db.delete(journalItems).where(inArray(journalItems.journalId, ids)),
        db.delete(journal).where(inArray(journal.id, ids)),
      ]);
    }
    return ids.length === AT_ONCE;
  });
}

/** Lets go of statuses and reactions whose message never came: after 7 days, and the oldest beyond 100,000. */
export async function purgeParkedStatuses(inbox: Inbox, now: number): Promise<void> {
  await inbox.write('normal', [
    inbox.sql.delete(parkedStatuses).where(lt(parkedStatuses.expiresAt, now)),
    sql`delete from parked_statuses where rowid in (
      select rowid from parked_statuses order by expires_at desc limit -1 offset ${MOST_PARKED_STATUSES}
    )`,
  ]);
}
