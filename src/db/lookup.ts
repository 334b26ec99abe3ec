import { getTableName } from 'drizzle-orm';
import type { GetColumnData } from 'drizzle-orm/column';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { Row } from './connection.ts';
import type { Inbox } from './inbox.ts';

// Reads of many rows by their keys, for the path of every webhook: statements written by hand, in a few lengths, so
// that each is prepared once.

type Columns = Record<string, SQLiteColumn>;
type Shape<Of extends Columns> = { [Name in keyof Of]: GetColumnData<Of[Name]> };

/** Some columns of a table (or of joined ones), as a statement lists them and as their rows are read. */
export type Selection<Of extends Columns> = {
  list: string;
  /** `from` is the place of the first of them in the row. */
  read(row: Row, from?: number): Shape<Of>;
  width: number;
};

export function selection<Of extends Columns>(columns: Of): Selection<Of> {
  const entries = Object.entries(columns);
  return {
    list: entries.map(([, column]) => `"${getTableName(column.table)}"."${column.name}"`).join(', '),
    width: entries.length,
    read(row, from = 0) {
      const shape: Record<string, unknown> = {};
      for (const [index, [name, column]] of entries.entries()) {
        const value = row[from + index];
        shape[name] = value === null || value === undefined ? null : column.mapFromDriverValue(value);
      }
      return shape as Shape<Of>;
    },
  };
}

/** SQLite reads lists of this length quickly; a longer one becomes several. */
const LONGEST_LIST = 256;

/** The rows of `<statement> in (…)` for a list of any length. `before` are the parameters that stand before the list. */
export function rowsIn(
  inbox: Pick<Inbox, 'rows'>,
  statement: string,
  values: Iterable<number | string>,
  before: readonly (number | string)[] = [],
): Row[] {
  const all = [...values];
  const found: Row[] = [];
  for (let from = 0; from < all.length; from += LONGEST_LIST) {
    const list = filledUp(all.slice(from, from + LONGEST_LIST));
    const marks = list.map(() => '?').join(', ');
    found.push(...inbox.rows(`${statement} in (${marks})`, [...before, ...list]));
  }
  return found;
}

/** A list filled up to a power of two with its last value: statements for a few lengths serve all. */
export function filledUp<Value>(values: Value[]): Value[] {
  const length = 2 ** Math.ceil(Math.log2(values.length));
  const [last] = values.slice(-1);
  return [...values, ...Array<Value>(length - values.length).fill(last as Value)];
}
