import Driver from 'libsql';

/** What SQLite keeps in a column. Booleans and dates are made into these by whoever writes them. */
export type Value = number | bigint | string | null | Uint8Array;
export type Row = readonly Value[];

/**
 * One connection to an encrypted database, through the driver on which `@libsql/client` stands. Everything is
 * synchronous, and every statement is prepared once: preparing and naming each column of each row took the client
 * longer than SQLite needed for the work.
 */
export type Connection = {
  /** The rows of a statement, each an array of its columns; none of one that only does something. */
  all(sql: string, params?: readonly unknown[]): Row[];
  /** The same, each an object by its columns' names. */
  objects(sql: string, params?: readonly unknown[]): Record<string, Value>[];
  /** Runs a statement for what it does. Returns how many rows it changed. */
  run(sql: string, params?: readonly unknown[]): number;
  /** All that `work` runs, or nothing. Nothing may be awaited inside. */
  batch(work: () => void): void;
  /** Replaces the connection: what one SQLITE_BUSY left of it cannot commit any more. */
  reopen(): void;
  /** Handles and memory are freed only after a collection and a turn of the event loop. */
  close(): void;
};

/** The most often used statements stay prepared; what is beyond is prepared anew. */
const MOST_PREPARED = 500;

type Prepared = { statement: Driver.Statement; returnsRows: boolean };

/** `key`: 64 lower-case hex characters, which the driver hashes as a passphrase. */
export function connect(path: string, key: string): Connection {
  // The driver's types do not know the option.
  const options: Driver.Options & { encryptionKey: string } = { encryptionKey: key };
  let driver = new Driver(path, options);
  const kept = new Map<string, Prepared>();

  function prepared(sql: string): Prepared {
    const known = kept.get(sql) ?? prepare(sql);
    // The newest goes last, so that the first is the one unused for longest.
    kept.delete(sql);
    kept.set(sql, known);
    return known;
  }

  function prepare(sql: string): Prepared {
    const [oldest] = kept.size >= MOST_PREPARED ? kept.keys() : [];
    if (oldest !== undefined) {
      kept.delete(oldest);
    }
    const statement = driver.prepare(sql);
    const returnsRows = statement.reader;
    return { statement: returnsRows ? statement.raw(true) : statement, returnsRows };
  }

  function all(sql: string, params: readonly unknown[] = []): Row[] {
    const { statement, returnsRows } = prepared(sql);
    const values = params.map(toValue);
    if (returnsRows) {
      return statement.all(values) as Row[];
    }
    statement.run(values);
    return [];
  }

  function run(sql: string, params: readonly unknown[] = []): number {
    const { statement, returnsRows } = prepared(sql);
    // A statement with rows that is not read to its end would keep its lock.
    return returnsRows
      ? statement.all(params.map(toValue)).length
      : statement.run(params.map(toValue)).changes;
  }

  /** What it has read would stay in memory until a collection; with many accounts coming and going that is most of it. */
  function close(): void {
    kept.clear();
    try {
      driver.exec('pragma shrink_memory');
    } catch {
      // One that is damaged is closed all the same.
    }
    driver.close();
  }

  return {
    all,
    run,
    objects(sql, params) {
      const rows = all(sql, params);
      if (rows.length === 0) {
        return [];
      }
      const names = prepared(sql)
        .statement.columns()
        .map(({ name }) => name);
      return rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index] ?? null])));
    },
    batch(work) {
      run('begin immediate');
      try {
        work();
        run('commit');
      } catch (error) {
        if (driver.inTransaction) {
          run('rollback');
        }
        throw error;
      }
    },
    reopen() {
      close();
      driver = new Driver(path, options);
    },
    close,
  };
}

function toValue(value: unknown): unknown {
  if (typeof value === 'boolean') {
    return value ? 1 : 0;
  } else if (value === undefined || (typeof value === 'number' && !Number.isFinite(value))) {
    throw new TypeError(`${String(value)} cannot be kept in a database`);
  } else {
    return value;
  }
}

/** SQLite's name of what went wrong, without its extension: `SQLITE_CONSTRAINT`; `none` for any other error. */
export function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^SQLITE_(?:IOERR|[A-Z]+)/.exec(code)?.[0] ?? 'none';
}
