import { and, asc, desc, eq, gt, gte, isNull, lt, type SQL, sql } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { audit } from '#src/db/schema/inbox/index.ts';
import type { AuditFilter, Doer } from './filter.ts';

/** How the trail is gone through: a stretch of an index, from the newest row on, and what is looked at row by row. */
export type Walk = {
  /** The rows before an id, down to and with another. */
  stretch(bounds: { before: number; from: number | null }): SQL | undefined;
  rest: SQL[];
  /** Every row of the stretch fits. */
  isExact: boolean;
  /**
   * How many rows one page may pass over in search of those that fit. A kind of action has no index of its own, and a
   * trail may be long: past this the page says so and goes on where it left off. The table is read several times as fast
   * as rows that an index names.
   */
  mostPassed: number;
};

const MOST_OF_INDEX = 15_000;
const MOST_OF_TABLE = 40_000;

/** Ids rise with time, but for a clock that was set back; by more than this, and rows are out of reach by their days. */
const SLACK_MS = 24 * 60 * 60_000;

export async function walkOf(inbox: Inbox, filter: AuditFilter): Promise<Walk> {
  const { index, others } = indexFor(filter);
  const days = await idsOfDays(inbox, filter);
  const rest = [...others, ...kindIs(filter.kind), ...daysAre(filter)];
  return {
    stretch: ({ before, from }) =>
      and(index, lt(audit.id, Math.min(before, days.before)), gte(audit.id, Math.max(from ?? 0, days.from))),
    rest,
    isExact: rest.length === 0,
    mostPassed: index === undefined ? MOST_OF_TABLE : MOST_OF_INDEX,
  };
}

/** The index that leaves least: by the object, else by who did it; the others are looked at row by row. */
function indexFor({ by, object }: AuditFilter): { index: SQL | undefined; others: SQL[] } {
  const [whose, ...kindOfDoer] = by === null ? [] : doerIs(by);
  if (object === null) {
    return { index: whose, others: kindOfDoer };
  }
  return {
    index: eq(audit.object, object),
    others: by === null ? [] : [alone(audit.actorId, by), ...kindOfDoer],
  };
}

/** First what the index has. */
function doerIs(by: Doer): [SQL, SQL] {
  return ['id' in by ? eq(audit.actorId, by.id) : isNull(audit.actorId), eq(audit.actorKind, by.kind)];
}

/** With a plus SQLite takes no other index for it, and so keeps the order. */
function alone(column: typeof audit.actorId, by: Doer): SQL {
  return 'id' in by ? sql`+${column} = ${by.id}` : sql`+${column} is null`;
}

function kindIs(kind: string | null): SQL[] {
  return kind === null ? [] : [gte(audit.action, `${kind}.`), lt(audit.action, `${kind}/`)];
}

function daysAre({ since, until }: AuditFilter): SQL[] {
  return [
    ...(since === null ? [] : [sql`+${audit.at} >= ${since}`]),
    ...(until === null ? [] : [sql`+${audit.at} < ${until}`]),
  ];
}

/** Between which ids the rows of these days are. */
async function idsOfDays(
  { sql: db }: Inbox,
  { since, until }: AuditFilter,
): Promise<{ from: number; before: number }> {
  const id = { id: audit.id };
  const [older] =
    since === null
      ? []
      : await db
          .select(id)
          .from(audit)
          .where(lt(audit.at, since - SLACK_MS))
          .orderBy(desc(audit.at), desc(audit.id))
          .limit(1);
  const [newer] =
    until === null
      ? []
      : await db
          .select(id)
          .from(audit)
          .where(gt(audit.at, until + SLACK_MS))
          .orderBy(asc(audit.at), asc(audit.id))
          .limit(1);
  return { from: older?.id ?? 0, before: newer?.id ?? Number.MAX_SAFE_INTEGER };
}
