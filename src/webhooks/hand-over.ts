import { and, asc, lte, type SQL, sql } from 'drizzle-orm';
import type { Control } from '#src/db/control.ts';
import type { parkedChanges, unroutedChanges } from '#src/db/schema/control.ts';
import { countWithin } from './within-bytes.ts';

const AT_ONCE = 200;

/** Of the kept changes that are `which`, the oldest, as many as are read and handed over together; null when there are none. */
export async function oldestTogether(
  { sql: db }: Control,
  table: typeof parkedChanges | typeof unroutedChanges,
  which: SQL | undefined,
): Promise<SQL | null> {
  const lengths = await db
    .select({ id: table.id, bytes: sql<number>`length(${table.raw})` })
    .from(table)
    .where(which)
    .orderBy(asc(table.id))
    .limit(AT_ONCE);
  const last = lengths[countWithin(lengths.map(({ bytes }) => bytes)) - 1];
  return (last && and(which, lte(table.id, last.id))) ?? null;
}
