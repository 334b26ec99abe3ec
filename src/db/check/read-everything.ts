import { setImmediate } from 'node:timers/promises';
import { type Connection, connect } from '../connection.ts';
import { setPragmas } from '../pragmas.ts';

const AT_ONCE = 500;

/**
 * Reads all there is in a database that nobody else has open, and gives what is wrong with it; null when it is sound.
 * What is not seen by SQLite's own check is seen by being read: libSQL ends the process on text that is no UTF-8.
 */
export async function readEverything(path: string, key: string): Promise<string | null> {
  const connection = connect(path, key);
  try {
    setPragmas(connection);
    connection.all('pragma query_only = on');
    const said = connection.all('pragma integrity_check').flat().join('; ');
    if (said !== 'ok') {
      return said;
    }
    for (const [table] of connection.all(
      "select name from sqlite_schema where type = 'table' and rootpage > 0",
    )) {
      await readTable(connection, String(table));
    }
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function readTable(connection: Connection, table: string): Promise<void> {
  if (!hasRowid(connection, table)) {
    connection.all(`select * from "${table}"`);
    return;
  }
  for (let after = Number.MIN_SAFE_INTEGER; ; ) {
    const rows = connection.all(
      `select rowid, * from "${table}" where rowid > ? order by rowid limit ${AT_ONCE}`,
      [after],
    );
    if (rows.length === 0) {
      return;
    }
    after = Number(rows.at(-1)?.[0]);
    // Whoever started this process may want it to end.
    await setImmediate();
  }
}

/** A table's rows may be kept by their key alone; those are small ones of the search's. */
function hasRowid(connection: Connection, table: string): boolean {
  const [row] = connection.all('select wr from pragma_table_list where name = ? and schema = ?', [
    table,
    'main',
  ]);
  return row?.[0] === 0;
}
