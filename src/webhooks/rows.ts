import { getTableColumns, getTableName } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { clean } from '#src/db/clean.ts';
import type { Statement } from '#src/db/database.ts';

// Statements over many rows at once, for the paths where drizzle's builder would cost more than SQLite.
// Every text is cleaned on its way.

/** SQLite takes 32,766 parameters a statement. */
const MOST_PARAMETERS = 30_000;

type Row<Table extends SQLiteTable> = { readonly [Name in keyof Table['_']['columns']]?: unknown };

/**
 * Inserts rows; `then` follows them: `on conflict …`. Columns that no row fills are left to their defaults, and
 * what all rows have in common is given once: SQLite spends more on reading a long statement than on the rows.
 */
export function insertRows<Table extends SQLiteTable>(
  table: Table,
  rows: readonly Row<Table>[],
  then = '',
): Statement[] {
  const columns = columnsOf(table).map(([name, column]) => {
    const values = rows.map((row) => toParameter(column, row[name]));
    return { column, values, isShared: values.every((value) => value === values[0]) };
  });
  const filled = columns.filter(({ values, isShared }) => !isShared || (values[0] ?? null) !== null);
  const shared = filled.filter(({ isShared }) => isShared);
  const varying = filled.filter(({ isShared }) => !isShared);
  const names = [...shared, ...varying].map(({ column }) => `"${column.name}"`).join(', ');
  const selected = [...shared.map(() => '?'), ...varying.map((_, index) => `column${index + 1}`)].join(', ');
  return withRows(
    rows.map((_, index) => (varying.length > 0 ? varying.map(({ values }) => values[index]) : [index])),
    (values) =>
      `insert into "${getTableName(table)}" (${names}) select ${selected} from ${values} where true ${then}`,
    shared.map(({ values }) => values[0]),
  );
}

/** A row that is there, as it shall be, and which of its columns are new. */
export type ChangedRow<Fields> = { row: Fields; names: readonly string[] };

/** Updates rows by their id, each only where it changed: an index whose columns stay is not written. */
export function updateRows<Table extends SQLiteTable>(
  table: Table,
  changed: readonly ChangedRow<Row<Table> & { id: number }>[],
): Statement[] {
  const alike = Map.groupBy(changed, ({ names }) => names.join());
  return [...alike.values()].flatMap((group) => {
    const names = new Set(group[0]?.names);
    const columns = columnsOf(table).filter(([name]) => names.has(name));
    const sets = columns.map(([, column], index) => `"${column.name}" = rows.column${index + 2}`);
    const tuples = group.map(({ row }) => [
      row.id,
      ...columns.map(([name, column]) => toParameter(column, row[name])),
    ]);
    const table_ = getTableName(table);
    return withRows(
      columns.length === 0 ? [] : tuples,
      (values) =>
        `update "${table_}" set ${sets.join(', ')} from ${values} as rows where "${table_}".id = rows.column1`,
    );
  });
}

/**
 * Statements over a list of rows given as `column1`, `column2`, …, split where there are too many for one.
 * `before` are the parameters that stand before the list.
 */
export function withRows(
  rows: readonly (readonly unknown[])[],
  statement: (values: string) => string,
  before: readonly unknown[] = [],
): Statement[] {
  const width = rows[0]?.length ?? 1;
  const size = Math.floor(MOST_PARAMETERS / width);
  const tuple = `(${Array(width).fill('?').join(', ')})`;
  const chunks = Array.from({ length: Math.ceil(rows.length / size) }, (_, index) =>
    rows.slice(index * size, (index + 1) * size),
  );
  return chunks.map((chunk) => {
    const sql = statement(`(values ${Array(chunk.length).fill(tuple).join(', ')})`);
    const params = [...before, ...chunk.flat()].map(toValue);
    return { toSQL: () => ({ sql, params }) };
  });
}

function columnsOf(table: SQLiteTable): [string, SQLiteColumn][] {
  return Object.entries(getTableColumns(table));
}

function toParameter(column: SQLiteColumn, value: unknown): unknown {
  const given = value === undefined ? column.default : value;
  return given === undefined || given === null ? null : column.mapToDriverValue(given);
}

function toValue(value: unknown): unknown {
  return typeof value === 'string' ? clean(value) : value;
}
