import { type SQL, sql } from 'drizzle-orm';
import type { ReadOnly } from '#src/db/reader/open-for-reading.ts';
import type { Found, Wanted } from './found.ts';
import { messageMatch } from './match.ts';
import { isEmpty, scopeOf } from './scope.ts';
import { type MessageRow, selectMessages, toFoundMessage } from './select-messages.ts';

type Page = Pick<Found, 'messages' | 'next' | 'isComplete'>;

/**
 * What a search may cost: so many matches looked at, in so many milliseconds; and how many are looked at in one
 * statement: at first few, since most often they fit, then more each time.
 */
type Cost = { lookedAt: number; ms: number; firstStep: number; largestStep: number };
const usual: Cost = { lookedAt: 20_000, ms: 500, firstStep: 200, largestStep: 5_000 };
/** Within a scope only what is in it is read. */
const scoped: Cost = { lookedAt: 500_000, ms: 500, firstStep: 5_000, largestStep: 100_000 };

/** The newest matches, by when they reached this server. */
export async function findMessages(
  database: Pick<ReadOnly, 'objects'>,
  wanted: Wanted,
  most: Partial<Cost> = {},
): Promise<Page> {
  const { objects } = database;
  const match = messageMatch(wanted.query);
  const scope = scopeOf(wanted);
  if (scope !== null && isEmpty(database, scope)) {
    return page([], wanted, null, true);
  }
  const cost = { ...(scope === null ? usual : scoped), ...most };
  const began = performance.now();
  const rows: MessageRow[] = [];
  let upTo = wanted.after ?? Number.MAX_SAFE_INTEGER;
  let lookedAt = 0;
  for (let step = cost.firstStep; ; step = Math.min(step * 5, cost.largestStep)) {
    const matching = matches(match, upTo, step);
    const found = scope === null ? matching : sql`(select id from ${matching} where id in ${scope})`;
    const limit = wanted.messages + 1 - rows.length;
    rows.push(...objects<MessageRow>(selectMessages(found, wanted, sql`found.id desc`, limit)));
    if (rows.length > wanted.messages) {
      return page(rows.slice(0, wanted.messages), wanted, rows.at(-1)?.id ?? 0, true);
    }
    const [{ count, lowest } = { count: 0, lowest: 0 }] = objects<{ count: number; lowest: number }>(
      sql`select count(*) as count, min(id) as lowest from ${matching}`,
    );
    lookedAt += count;
    if (count < step) {
      return page(rows, wanted, null, true);
    } else if (lookedAt >= cost.lookedAt || performance.now() - began > cost.ms) {
      return page(rows, wanted, lowest - 1, false);
    }
    upTo = lowest - 1;
  }
}

/** Numbers are bound as floating point, which FTS5 does not take for a bound: it would read every match. */
function matches(match: string, upTo: number, limit: number): SQL {
  return sql`(select rowid as id from message_search where message_search match ${match}
    and rowid <= cast(${upTo} as integer) order by rowid desc limit ${limit})`;
}

/** As they were said: what came late, or was imported, has a younger id than its neighbours. */
function page(rows: readonly MessageRow[], wanted: Wanted, next: number | null, isComplete: boolean): Page {
  return {
    messages: rows
      .toSorted((one, other) => other.at - one.at || other.id - one.id)
      .map((row) => toFoundMessage(row, wanted)),
    next,
    isComplete,
  };
}
