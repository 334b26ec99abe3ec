import { sql } from 'drizzle-orm';
import type { ReadOnly } from '#src/db/reader/open-for-reading.ts';
import type { Found, Wanted } from './found.ts';
import { messageMatch } from './match.ts';
import { scopeOf } from './scope.ts';
import { type MessageRow, selectMessages, toFoundMessage } from './select-messages.ts';

/** Ranking a common word over everything would take too long: only the newest matches are ranked. */
const RANKED = 5_000;

/** The matches that say it best, of the newest ones. */
export async function rankMessages(
  { objects }: Pick<ReadOnly, 'objects'>,
  wanted: Wanted,
): Promise<Pick<Found, 'messages' | 'next' | 'isComplete'>> {
  const scope = scopeOf(wanted);
  // The sign keeps FTS5 from being asked for each id of the scope by itself.
  const matching = sql`from message_search where message_search match ${messageMatch(wanted.query)}
    ${scope === null ? sql`` : sql`and +rowid in ${scope}`}`;
  const leftOut = wanted.after ?? 0;
  const newest = sql`(select rowid as id, rank as score ${matching} order by rowid desc limit ${RANKED})`;
  const ordered = sql`found.score, found.id desc`;
  const rows = objects<MessageRow>(
    sql`${selectMessages(newest, wanted, ordered, wanted.messages + 1)} offset ${leftOut}`,
  );
  const isMore = rows.length > wanted.messages;
  const [{ count } = { count: 0 }] = objects<{ count: number }>(
    sql`select count(*) as count from (select rowid ${matching} limit ${RANKED + 1})`,
  );
  return {
    messages: rows.slice(0, wanted.messages).map((row) => toFoundMessage(row, wanted)),
    next: isMore ? leftOut + wanted.messages : null,
    isComplete: isMore || count <= RANKED,
  };
}
