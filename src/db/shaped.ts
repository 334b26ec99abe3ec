import { Column, fillPlaceholders, getTableColumns, is, Table } from 'drizzle-orm';
import type { Row } from './connection.ts';

// drizzle looks up the way of each value of each row anew, which takes longer than SQLite takes to find the row. What
// pages read by the dozen is therefore read by a plan that is made once.

/** What a query selects, by name: columns and expressions, tables, and groups of columns. */
type Fields = Readonly<Record<string, unknown>>;

/** A query of drizzle's that is not run by it; `Found` is a row as drizzle would give it. */
type Query<Found> = { toSQL(): { sql: string; params: unknown[] } } & PromiseLike<Found[]>;

export type Shaped<Found> = { all(values: Record<string, unknown>): Found[] };

/**
 * The query with its text built and its rows read as drizzle reads them; `fields` are those that it selects. A table or
 * a group is null where its first column is: as a rule its key, of what an outer join has not found.
 */
export function shaped<Found>(
  { rows }: { rows(sql: string, params: readonly unknown[]): Row[] },
  query: Query<Found>,
  fields: Fields,
): Shaped<Found> {
  const { sql, params } = query.toSQL();
  const { read } = planOf(fields, 0);
  return { all: (values) => rows(sql, fillPlaceholders(params, values)).map((row) => read(row) as Found) };
}

type Plan = { width: number; read(row: Row): unknown };

function planOf(fields: Fields, from: number): Plan {
  const parts: { name: string; read(row: Row): unknown }[] = [];
  let at = from;
  for (const [name, field] of Object.entries(fields)) {
    const { width, read } = partOf(field, at);
    parts.push({ name, read });
    at += width;
  }
  return {
    width: at - from,
    read(row) {
      const found: Record<string, unknown> = {};
      for (const { name, read } of parts) {
        found[name] = read(row);
      }
      return found;
    },
  };
}

function partOf(field: unknown, at: number): Plan {
  if (is(field, Column)) {
    return { width: 1, read: readerOf(field, at) };
  } else if (is(field, Table) || isGroup(field)) {
    const { width, read } = planOf(is(field, Table) ? getTableColumns(field) : field, at);
    return { width, read: (row) => (row[at] === null ? null : read(row)) };
  } else {
    return { width: 1, read: (row) => row[at] };
  }
}

/** Most columns give what SQLite gives. */
function readerOf(column: Column, at: number): (row: Row) => unknown {
  return column.mapFromDriverValue === Column.prototype.mapFromDriverValue
    ? (row) => row[at]
    : (row) => (row[at] === null ? null : column.mapFromDriverValue(row[at]));
}

const isGroup = (field: unknown): field is Fields =>
  typeof field === 'object' && field !== null && Object.getPrototypeOf(field) === Object.prototype;
