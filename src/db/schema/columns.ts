import { type SQL, sql } from 'drizzle-orm';
import { customType, integer, text } from 'drizzle-orm/sqlite-core';

/** An application-made id (DESIGN rule: 53-bit integer, known before the write). */
export const id = () => integer('id').primaryKey();

/** Milliseconds since 1970, UTC. */
export const at = (name: string) => integer(name);

/** 0 or 1 in the file, boolean in TypeScript. */
export const flag = (name: string) => integer(name, { mode: 'boolean' });

/** A text column that holds one of `values`; pair it with `isOneOf` as the table's CHECK. */
export const oneOf = <const T extends readonly [string, ...string[]]>(name: string, values: T) =>
  text(name, { enum: values });

/** The CHECK of a `oneOf` column: the file itself refuses a state nobody has written code for. */
export function isOneOf(column: { name: string }, values: readonly string[]): SQL {
  return sql.raw(`"${column.name}" in (${values.map((value) => `'${value}'`).join(', ')})`);
}

/** Bytes. libSQL hands BLOBs out as ArrayBuffer; the rest of the program sees Uint8Array. */
export const bytes = customType<{ data: Uint8Array; driverData: Uint8Array | ArrayBuffer }>({
  dataType: () => 'blob',
  toDriver: (value) => value,
  fromDriver: (value) => (value instanceof Uint8Array ? value : new Uint8Array(value)),
});
