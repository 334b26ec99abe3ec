import { and, desc, type SQL } from 'drizzle-orm';
import { readCursor, writeCursor } from '#src/conversations/cursor.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { audit } from '#src/db/schema/inbox/index.ts';
import type { AuditFilter } from './filter.ts';
import { type Walk, walkOf } from './walk.ts';

export type AuditRecord = typeof audit.$inferSelect;

export type AuditPage = {
  rows: AuditRecord[];
  /** Where to go on, or null at the end. */
  next: string | null;
  /** How many rows were passed over when the walk was ended before the page was full; null when it was not. */
  passed: number | null;
};

/** The first stretch that is looked through; each after it is twice as long. */
const STRIDE = 1_000;

type Place = {
  cursor?: string;
  limit: number;
  /** How many rows may be passed over; by default as many as take a few milliseconds. */
  mostPassed?: number;
};

/**
 * What was done, the newest first: in the order in which it was written, which no change of the clock disturbs.
 * Throws `Invalid({ cursor })`.
 */
export async function listAudit(inbox: Inbox, filter: AuditFilter, place: Place): Promise<AuditPage> {
  const { cursor, limit } = place;
  const walk = await walkOf(inbox, filter);
  const most = place.mostPassed ?? walk.mostPassed;
  const rows: AuditRecord[] = [];
  let before = cursor === undefined ? Number.MAX_SAFE_INTEGER : (readCursor(cursor, 1)[0] ?? 0);
  let passed = 0;
  for (let stride = STRIDE; rows.length <= limit; stride *= 2) {
    const length = Math.min(stride, most - passed);
    const end = walk.isExact ? null : ((await endOf(inbox, walk, before, length))[0]?.id ?? null);
    rows.push(...(await fitting(inbox, walk, { before, end, limit: limit + 1 - rows.length })));
    passed += length;
    if (end === null) {
      break;
    } else if (passed >= most && rows.length <= limit) {
      return { rows, next: writeCursor([end]), passed: most };
    }
    before = end;
  }
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return { rows: rows.slice(0, limit), next: last ? writeCursor([last.id]) : null, passed: null };
}

/** The statements that a page is read with: tests ask how they are carried out. */
export async function queriesOf(inbox: Inbox, filter: AuditFilter) {
  const walk = await walkOf(inbox, filter);
  return [
    fitting(inbox, walk, { before: 900, end: null, limit: 51 }),
    fitting(inbox, walk, { before: 900, end: 5, limit: 51 }),
    endOf(inbox, walk, 900, STRIDE),
  ];
}

type Stretch = { before: number; end: number | null; limit: number };

function fitting({ sql: db }: Inbox, { stretch, rest }: Walk, { before, end, limit }: Stretch) {
  return db
    .select()
    .from(audit)
    .where(and(stretch({ before, from: end }), ...rest))
    .orderBy(desc(audit.id))
    .limit(limit);
}

/** The last row of a stretch of this length, if there are that many. */
function endOf({ sql: db }: Inbox, { stretch }: Walk, before: number, length: number) {
  return db
    .select({ id: audit.id })
    .from(audit)
    .where(stretch({ before, from: null }) as SQL)
    .orderBy(desc(audit.id))
    .limit(1)
    .offset(length - 1);
}
