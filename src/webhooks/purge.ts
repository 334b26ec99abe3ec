import { lt, sql } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { forEachRow } from '#src/db/rows.ts';
import { parkedStatuses } from '#src/db/schema/inbox/index.ts';
import { nextTurn } from './group-commit.ts';
import { countWithin } from './within-bytes.ts';

export const JOURNAL_KEPT_MS = 30 * 24 * 60 * 60 * 1000;
export const MOST_PARKED_STATUSES = 100_000;
const AT_ONCE = 500;
/** In these words, so that SQLite sees that the index of done rows serves. */
const DONE = "select id, length(raw) from journal where state = 'done' and done_at < ? limit ?";

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
  return inbox.turn(async (commit) => {
    const old = inbox.rows(DONE, [before, AT_ONCE]);
    const ids = old.slice(0, countWithin(old.map(([, length]) => Number(length)))).map(([id]) => [id]);
    await commit('normal', [
      ...forEachRow('delete from journal_contacts where journal_id = ?', ids),
      ...forEachRow('delete from journal_items where journal_id = ?', ids),
      ...forEachRow('delete from journal where id = ?', ids),
    ]);
    return old.length === AT_ONCE || ids.length < old.length;
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
