import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { type Client, createClient, type InArgs, LibsqlError, type ResultSet } from '@libsql/client';
import type { SQL } from 'drizzle-orm';
import { drizzle, type LibSQLDatabase } from 'drizzle-orm/libsql';
import { SQLiteAsyncDialect } from 'drizzle-orm/sqlite-core';
import type { Logger } from 'pino';
import { StartRefused, StorageFull } from '#src/errors.ts';
import { checkpoint } from './checkpoint.ts';
import type { Ids } from './ids.ts';
import { migrate } from './migrate.ts';
import { type Durability, setDurability, setPragmas } from './pragmas.ts';
import { createQueue } from './queue.ts';

export type { Durability } from './pragmas.ts';

/** A drizzle builder, or raw `sql`. */
export type Statement = { toSQL(): { sql: string; params: unknown[] } } | SQL;

/** Writes one batch: all of it or nothing. An empty one does nothing. Results come one a statement. */
export type Commit = (durability: Durability, statements: readonly Statement[]) => Promise<ResultSet[]>;

export type Database<Schema extends Record<string, unknown>> = {
  /** For logs: `control`, or `account <id>`. */
  name: string;
  /** For reads, and to build statements. Outside a turn, what it reads may be a moment old. */
  sql: LibSQLDatabase<Schema>;
  /**
   * Runs `work` alone in this database's queue: read, decide, commit. The only way to write.
   * A turn inside a turn would wait for itself: pass `commit` on instead.
   */
  turn<T>(work: (commit: Commit) => Promise<T>): Promise<T>;
  /** A turn that only writes. */
  write: Commit;
  /** An application-made id, known before the write. */
  nextId(): number;
  /** The schema's version, after migrating. */
  schemaVersion: number;
  /** Empties the write-ahead log, in the queue. False when a reader holds it; see `checkpoint.ts`. */
  checkpoint(): Promise<boolean>;
  /** Waits for the queue, empties the write-ahead log and closes. Memory is freed only after a garbage collection. */
  close(): Promise<void>;
};

export type OpenOptions<Schema> = {
  name: string;
  path: string;
  /** 64 lower-case hex characters; the driver hashes it as a passphrase. */
  key: string;
  schema: Schema;
  migrations: readonly string[];
  ids: Ids;
  log: Logger;
};

/** Opens an encrypted database file, making or migrating it as needed. */
export async function openDatabase<Schema extends Record<string, unknown>>(
  options: OpenOptions<Schema>,
): Promise<Database<Schema>> {
  const { name, path, key, log } = options;
  refusePlaintext(path, key);
  const client = createClient({ url: `file:${path}`, encryptionKey: key, concurrency: 1 });
  const schemaVersion = await prepare(client, options);
  const queue = createQueue();
  let durability: Durability = 'full';

  const restoreConnection = async () => {
    await setPragmas(client);
    durability = 'full';
  };

  const attempt = async (wanted: Durability, batch: Batch): Promise<ResultSet[]> => {
    if (wanted !== durability) {
      await setDurability(client, wanted);
      durability = wanted;
    }
    return client.batch(batch, 'write');
  };

  const commit: Commit = async (wanted, statements) => {
    if (statements.length === 0) {
      return [];
    }
    const batch = statements.map(compile);
    try {
      return await attempt(wanted, batch);
    } catch (error) {
      if (isPoisoned(error)) {
        log.error({ database: name, code: codeOf(error) }, 'the connection was busy and had to be replaced');
        await client.reconnect();
        await restoreConnection();
        return await attempt(wanted, batch);
      }
      await restoreConnection();
      throw isFull(error) ? new StorageFull('the disk is full', { cause: error }) : error;
    }
  };

  const turn = <T>(work: (commit: Commit) => Promise<T>) => queue.run(() => work(commit));

  return {
    name,
    sql: drizzle(client, { schema: options.schema }),
    turn,
    write: (wanted, statements) => turn((commitNow) => commitNow(wanted, statements)),
    nextId: () => options.ids.next(),
    schemaVersion,
    checkpoint: () => queue.run(() => checkpoint(client)),
    async close() {
      await queue.idle();
      await client.execute('pragma wal_checkpoint(truncate)').catch((error) => {
        log.warn({ database: name, code: codeOf(error) }, 'the write-ahead log was not emptied at closing');
      });
      client.close();
    },
  };
}

type Batch = { sql: string; args: InArgs }[];

const dialect = new SQLiteAsyncDialect();

function compile(statement: Statement): Batch[number] {
  const { sql, params } = 'toSQL' in statement ? statement.toSQL() : dialect.sqlToQuery(statement);
  return { sql, args: params as InArgs };
}

async function prepare(
  client: Client,
  { path, migrations, ids, log, name }: OpenOptions<unknown>,
): Promise<number> {
  try {
    await setPragmas(client);
    const version = await migrate(client, path, migrations);
    await observeIds(client, ids);
    return version;
  } catch (error) {
    client.close();
    log.debug({ database: name, code: codeOf(error) }, 'the database could not be opened');
    if (codeOf(error) === 'SQLITE_NOTADB') {
      throw new StartRefused(
        `${path} cannot be read with its key: it belongs to another key, or it is damaged. Restore the keyring and root key it was made with, or a backup of it.`,
      );
    }
    throw error;
  }
}

/** The clock may have been set back since the last start: ids go on after the highest one in the file. */
async function observeIds(client: Client, ids: Ids): Promise<void> {
  const { rows: tables } = await client.execute(
    "select m.name from sqlite_schema m join pragma_table_info(m.name) c on c.name = 'id' and c.pk = 1 and c.type = 'INTEGER' collate nocase where m.type = 'table'",
  );
  for (const table of tables) {
    const { rows } = await client.execute(`select max(id) from "${String(table[0])}"`);
    ids.observe(Number(rows[0]?.[0] ?? 0));
  }
}

/** libSQL silently writes plaintext when the key is empty, and would read a plaintext file as one. */
function refusePlaintext(path: string, key: string): void {
  if (!/^[0-9a-f]{64}$/.test(key)) {
    throw new StartRefused(
      `The key for ${path} is not 64 hexadecimal characters; opening it would leave the data unencrypted.`,
    );
  }
  if (existsSync(path) && headerOf(path).startsWith('SQLite format 3')) {
    throw new StartRefused(
      `${path} is not encrypted. OonoBox never writes such a file: put it aside and restore the encrypted one from a backup.`,
    );
  }
}

function headerOf(path: string): string {
  const file = openSync(path, 'r');
  try {
    const header = Buffer.alloc(16);
    readSync(file, header, 0, 16, 0);
    return header.toString('latin1');
  } finally {
    closeSync(file);
  }
}

function codeOf(error: unknown): string {
  return error instanceof LibsqlError ? error.code : 'none';
}

/** After one SQLITE_BUSY every later commit on the connection fails until it is replaced (libsql-client-ts#352). */
function isPoisoned(error: unknown): boolean {
  return (
    error instanceof LibsqlError &&
    (error.code === 'SQLITE_BUSY' || /statements in progress/.test(error.message))
  );
}

function isFull(error: unknown): boolean {
  return (
    error instanceof LibsqlError &&
    (error.code === 'SQLITE_FULL' || /disk is full|ENOSPC/i.test(error.message))
  );
}
