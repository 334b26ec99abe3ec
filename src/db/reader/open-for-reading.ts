import { type Client, createClient } from '@libsql/client';
import { drizzle, type LibSQLDatabase } from 'drizzle-orm/libsql';

/** A database that is only read, beside its writer. */
export type ReadOnly = {
  client: Client;
  sql: Pick<LibSQLDatabase, 'all' | 'get'>;
};

/**
 * Opens a second connection to a database that its writer has open. It never checkpoints: in the SQLite that
 * libSQL carries, two connections of which one checkpoints while the other commits can damage the file.
 */
export async function openForReading(path: string, key: string): Promise<ReadOnly> {
  const client = createClient({ url: `file:${path}`, encryptionKey: key, concurrency: 1 });
  try {
    await setAndCheck(client, 'query_only', '1');
    await setAndCheck(client, 'wal_autocheckpoint', '0');
    await setAndCheck(client, 'busy_timeout', '250');
    await setAndCheck(client, 'trusted_schema', '0');
    await setAndCheck(client, 'cell_size_check', '1');
    // No pragma reads a page: a wrong key shows only here.
    await client.execute('select count(*) from sqlite_schema');
    return { client, sql: drizzle(client) };
  } catch (error) {
    client.close();
    throw error;
  }
}

async function setAndCheck(client: Client, name: string, value: string): Promise<void> {
  await client.execute(`pragma ${name} = ${value}`);
  const { rows } = await client.execute(`pragma ${name}`);
  if (String(rows[0]?.[0]) !== value) {
    throw new Error(`pragma ${name} is ${String(rows[0]?.[0])} instead of ${value}`);
  }
}
