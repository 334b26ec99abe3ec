import { getTableColumns, getTableName } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { clean } from './clean.ts';
import type { Statement } from './database.ts';

// Statements over many rows, for the paths where building each anew would cost more than SQLite: one text a table,
// prepared once. Every text is cleaned on its way.

type Fields<Table extends SQLiteTable> = { readonly [Name in keyof Table['_']['columns']]?: unknown };

/** A statement with `?` for each of a row's values, to be run for each of these rows. */
export function forEachRow(sql: string, rows: readonly (readonly unknown[])[]): Statement[] {
  return rows.length === 0 ? [] : [{ sql, rows: rows.map((row) => row.map(toValue)) }];
}

/** Inserts rows; `then` follows them: `on conflict …`. Columns that a row does not name get their defaults. */
export function insertRows<Table extends SQLiteTable>(
  table: Table,
  rows: readonly Fields<Table>[],
  then = '',
): Statement[] {
  if (rows.length === 0) {
    return [];
  }
  const columns = columnsOf(table);
  const names = columns.map(([, column]) => `"${column.name}"`).join(', ');
  const marks = columns.map(() => '?').join(', ');
  return forEachRow(
    `insert into "${getTableName(table)}" (${names}) values (${marks}) ${then}`,
    rows.map((row) => columns.map(([name, column]) => toParameter(column, row[name]))),
  );
}

/** A row that is there, as it shall be, and which of its columns are new. */
export type ChangedRow<Row> = { row: Row; names: readonly string[] };

/** Updates rows by their id, each only where it changed: an index whose columns stay is not written. */
export function updateRows<Table extends SQLiteTable>(
  table: Table,
  changed: readonly ChangedRow<Fields<Table> & { id: number }>[],
): Statement[] {
  const alike = Map.groupBy(changed, ({ names }) => names.join());
  return [...alike.values()].flatMap((group) => {
    const names = new Set(group[0]?.names);
    const columns = columnsOf(table).filter(([name]) => names.has(name));
    const sets = columns.map(([, column]) => `"${column.name}" = ?`).join(', ');
    const rows = group.map(({ row }) => [
      ...columns.map(([name, column]) => toParameter(column, row[name])),
      row.id,
    ]);
    return columns.length === 0
      ? []
      : forEachRow(`update "${getTableName(table)}" set ${sets} where id = ?`, rows);
  });
}

const known = new WeakMap<SQLiteTable, [string, SQLiteColumn][]>();

function columnsOf(table: SQLiteTable): [string, SQLiteColumn][] {
  const columns = known.get(table) ?? Object.entries(getTableColumns(table));
  known.set(table, columns);
  return columns;
}

function toParameter(column: SQLiteColumn, value: unknown): unknown {
  const given = value === undefined ? column.default : value;
  return given === undefined || given === null ? null : column.mapToDriverValue(given);
}

function toValue(value: unknown): unknown {
  return typeof value === 'string' ? clean(value) : value;
}
