import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import type { SQL } from 'drizzle-orm';
import { drizzle, type SqliteRemoteDatabase } from 'drizzle-orm/sqlite-proxy';
import type { Logger } from 'pino';
import { StartRefused, StorageFull } from '#src/errors.ts';
import { checkpoint } from './checkpoint.ts';
import { type Connection, codeOf, connect, type Row } from './connection.ts';
import type { Ids } from './ids.ts';
import { migrate } from './migrate.ts';
import { type Objects, objectsOn, textOf } from './objects.ts';
import { type Durability, setDurability, setPragmas } from './pragmas.ts';
import { createQueue } from './queue.ts';

export type { Durability } from './pragmas.ts';

/** One statement that is run for each of these rows of parameters: prepared once, however many they are. */
export type Repeated = { sql: string; rows: readonly (readonly unknown[])[] };

/** A drizzle builder, raw `sql`, or a statement for many rows. */
export type Statement = { toSQL(): { sql: string; params: unknown[] } } | SQL | Repeated;

/** Writes one batch: all of it or nothing. An empty one does nothing. */
export type Commit = (durability: Durability, statements: readonly Statement[]) => Promise<void>;

/** What builds and runs statements over tables. Raw `sql` goes through `objects`, which names the columns. */
export type Builder<Schema extends Record<string, unknown>> = Omit<
  SqliteRemoteDatabase<Schema>,
  'all' | 'batch' | 'get' | 'run' | 'transaction' | 'values'
>;

export type Database<Schema extends Record<string, unknown>> = {
  /** For logs: `control`, or `account <id>`. */
  name: string;
  /** For reads, and to build statements. Outside a turn, what it reads may be a moment old. */
  sql: Builder<Schema>;
  /** Reads by a statement written by hand: for paths where building it would cost more than SQLite. */
  rows(sql: string, params?: readonly unknown[]): Row[];
  objects: Objects;
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
  const connection = connect(path, key);
  const schemaVersion = prepare(connection, options);
  const queue = createQueue();
  let durability: Durability = 'full';
  let isClosed = false;

  const restoreConnection = () => {
    setPragmas(connection);
    durability = 'full';
  };

  const attempt = (wanted: Durability, batch: readonly Repeated[]) => {
    if (wanted !== durability) {
      setDurability(connection, wanted);
      durability = wanted;
    }
    connection.batch(() => {
      for (const { sql, rows } of batch) {
        for (const row of rows) {
          connection.run(sql, row);
        }
      }
    });
  };

  const commit: Commit = async (wanted, statements) => {
    if (statements.length === 0) {
      return;
    }
    const batch = statements.map(compile);
    try {
      attempt(wanted, batch);
    } catch (error) {
      if (isPoisoned(error)) {
        log.error({ database: name, code: codeOf(error) }, 'the connection was busy and had to be replaced');
        connection.reopen();
        restoreConnection();
        attempt(wanted, batch);
      } else {
        restoreConnection();
        throw isFull(error) ? new StorageFull('the disk is full', { cause: error }) : error;
      }
    }
  };

  const turn = <T>(work: (commit: Commit) => Promise<T>) =>
    queue.run(async () => {
      if (isClosed) {
        throw new Error(`${name} is closed`);
      }
      return work(commit);
    });

  return {
    name,
    sql: builderOn(connection, options.schema),
    rows: connection.all,
    objects: objectsOn(connection),
    turn,
    write: (wanted, statements) => turn((commitNow) => commitNow(wanted, statements)),
    nextId: () => options.ids.next(),
    schemaVersion,
    checkpoint: () => queue.run(async () => checkpoint(connection)),
    async close() {
      await queue.idle();
      isClosed = true;
      try {
        connection.all('pragma wal_checkpoint(truncate)');
      } catch (error) {
        log.warn({ database: name, code: codeOf(error) }, 'the write-ahead log was not emptied at closing');
      }
      connection.close();
    },
  };
}

function compile(statement: Statement): Repeated {
  if ('rows' in statement) {
    return statement;
  }
  const { sql, params } = 'toSQL' in statement ? statement.toSQL() : textOf(statement);
  return { sql, rows: [params] };
}

function builderOn<Schema extends Record<string, unknown>>(
  connection: Connection,
  schema: Schema,
): Builder<Schema> {
  return drizzle(
    async (sql, params, method) => {
      const rows = connection.all(sql, params);
      // For one row drizzle takes the row itself; its types do not know that there may be none.
      return { rows: method === 'get' ? (rows[0] as unknown as Row[]) : [...rows] };
    },
    { schema },
  );
}

function prepare(connection: Connection, { path, migrations, ids, log, name }: OpenOptions<unknown>): number {
  try {
    setPragmas(connection);
    const version = migrate(connection, path, migrations);
    observeIds(connection, ids);
    return version;
  } catch (error) {
    connection.close();
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
function observeIds(connection: Connection, ids: Ids): void {
  const tables = connection.all(
    "select m.name from sqlite_schema m join pragma_table_info(m.name) c on c.name = 'id' and c.pk = 1 and c.type = 'INTEGER' collate nocase where m.type = 'table'",
  );
  for (const [table] of tables) {
    const [highest] = connection.all(`select max(id) from "${String(table)}"`);
    ids.observe(Number(highest?.[0] ?? 0));
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

/** After one SQLITE_BUSY every later commit on the connection fails until it is replaced (libsql-client-ts#352). */
function isPoisoned(error: unknown): boolean {
  return codeOf(error) === 'SQLITE_BUSY' || /statements in progress/.test(messageOf(error));
}

function isFull(error: unknown): boolean {
  return codeOf(error) === 'SQLITE_FULL' || /disk is full|ENOSPC/i.test(messageOf(error));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : '';
}
