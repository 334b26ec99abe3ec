import { sql } from 'drizzle-orm';

/** Statements of one database; beyond this all are forgotten and built again as they are needed. */
const MOST = 1_000;

const statements = new WeakMap<object, Map<string, unknown>>();

/** A placeholder for each value of a list, named by its index. */
export const places = (list: readonly unknown[]) => list.map((_, index) => sql.placeholder(String(index)));

/**
 * The statement of this name on this database, built the first time it is asked for: drizzle takes longer to build one
 * than SQLite to run it. What differs between two runs must stand in the name, or come by `sql.placeholder`.
 */
export function built<Statement>(database: object, name: string, build: () => Statement): Statement {
  const known = statements.get(database) ?? new Map<string, unknown>();
  statements.set(database, known);
  const found = known.get(name);
  if (found !== undefined) {
    return found as Statement;
  }
  if (known.size >= MOST) {
    known.clear();
  }
  const statement = build();
  known.set(name, statement);
  return statement;
}
