import type { SQL } from 'drizzle-orm';
import { SQLiteAsyncDialect } from 'drizzle-orm/sqlite-core';
import type { Connection } from './connection.ts';

/** Reads by raw `sql`; each row by its columns' names. */
export type Objects = <Shape>(query: SQL) => Shape[];

const dialect = new SQLiteAsyncDialect();

export function objectsOn(connection: Connection): Objects {
  return <Shape>(query: SQL) => {
    const { sql, params } = textOf(query);
    return connection.objects(sql, params) as Shape[];
  };
}

/** What raw `sql` is for SQLite. */
export function textOf(query: SQL): { sql: string; params: unknown[] } {
  return dialect.sqlToQuery(query);
}
