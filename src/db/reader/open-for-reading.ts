import type { Connection } from '../connection.ts';
import { connect } from '../connection.ts';
import { type Objects, objectsOn } from '../objects.ts';

/** A database that is only read, beside its writer. */
export type ReadOnly = {
  rows: Connection['all'];
  objects: Objects;
  close(): void;
};

/** Name and value. */
const PRAGMAS = [
  ['query_only', '1'],
  ['wal_autocheckpoint', '0'],
  ['busy_timeout', '250'],
  ['trusted_schema', '0'],
  ['cell_size_check', '1'],
  ['cache_size', '-32000'],
] as const;

/**
 * Opens a second connection to a database that its writer has open. It never checkpoints: in the SQLite that
 * libSQL carries, two connections of which one checkpoints while the other commits can damage the file.
 */
export function openForReading(path: string, key: string): ReadOnly {
  const connection = connect(path, key);
  try {
    for (const [name, value] of PRAGMAS) {
      setAndCheck(connection, name, value);
    }
    // No pragma reads a page: a wrong key shows only here.
    connection.all('select count(*) from sqlite_schema');
    return { rows: connection.all, objects: objectsOn(connection), close: connection.close };
  } catch (error) {
    connection.close();
    throw error;
  }
}

function setAndCheck(connection: Connection, name: string, value: string): void {
  connection.all(`pragma ${name} = ${value}`);
  const [row] = connection.all(`pragma ${name}`);
  if (String(row?.[0]) !== value) {
    throw new Error(`pragma ${name} is ${String(row?.[0])} instead of ${value}`);
  }
}
