import { expect } from 'bun:test';
import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { openControl } from '#src/db/control.ts';
import type { Database } from '#src/db/database.ts';
import { createIds } from '#src/db/ids.ts';
import { inboxPath, openInbox } from '#src/db/inbox.ts';
import { openKeyring } from '#src/db/keyring.ts';
import type { Objects } from '#src/db/objects.ts';
import { openForReading } from '#src/db/reader/open-for-reading.ts';
import { loadRootKey } from '#src/db/root-key.ts';
import { openTestLog } from '../log.ts';
import { onCopy } from './data-copy.ts';

type Opened = { database: Database<Record<string, unknown>>; path: string; key: string };

/**
 * Six things that hold of every database after any end of its server, tried on a copy: it opens; its integrity
 * check is silent; counts stay the same over a reopening; it can be checkpointed; what it holds is the same
 * before and after that; and a second connection reads the same.
 */
export async function expectSound(folder: string, accountIds: readonly number[]): Promise<void> {
  await onCopy(folder, async (copy) => {
    const before = await withDatabases(copy, accountIds, (each) => Promise.all(each.map(examine)));
    const after = await withDatabases(copy, accountIds, async (each) => each.map(contentOf));
    expect(after).toEqual(before);
  });
}

async function examine(opened: Opened): Promise<Content> {
  const { database } = opened;
  expectIntegrity(database);
  const before = contentOf(opened);
  expect(await database.checkpoint()).toBe(true);
  expect(contentOf(opened)).toEqual(before);
  const second = openForReading(opened.path, opened.key);
  expect(readContent(second.objects)).toEqual(before);
  second.close();
  return before;
}

export function expectIntegrity({ rows }: Pick<Opened['database'], 'rows'>): void {
  expect(rows('pragma integrity_check').flat()).toEqual(['ok']);
  expect(rows('pragma foreign_key_check')).toEqual([]);
}

async function withDatabases<T>(
  folder: string,
  accountIds: readonly number[],
  work: (each: Opened[]) => Promise<T>,
): Promise<T> {
  const log = openTestLog();
  const ids = createIds(Date.now);
  const keyring = openKeyring(folder, loadRootKey(folder, null));
  const control = await openControl(folder, keyring, ids, log);
  const each: Opened[] = [{ database: control, path: `${folder}/control.db`, key: control.keys.database }];
  for (const id of accountIds) {
    const inbox = await openInbox(folder, id, keyring, ids, log);
    each.push({ database: inbox, path: inboxPath(folder, id), key: inbox.keys.database });
  }
  try {
    return await work(each);
  } finally {
    await Promise.all(each.map(({ database }) => database.close()));
    // A closed connection lives until a collection and a turn of the event loop.
    Bun.gc(true);
    await new Promise((resume) => setImmediate(resume));
  }
}

/** By table: how many rows, and a hash of them all in any order. */
type Content = Record<string, { rows: number; hash: string }>;
type Row = Record<string, unknown>;

function contentOf({ database }: Opened): Content {
  return readContent(database.objects);
}

function readContent(objects: Objects): Content {
  const tables = objects<Row>(sql`select name from sqlite_schema where type = 'table' order by name`);
  const content: Content = {};
  for (const { name } of tables) {
    const rows = objects<Row>(sql.raw(`select * from "${name}"`));
    content[String(name)] = { rows: rows.length, hash: hashOf(rows) };
  }
  return content;
}

function hashOf(rows: Row[]): string {
  const lines = rows.map((row) => JSON.stringify(Object.values(row).map(inText))).sort();
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}

function inText(value: unknown): unknown {
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;
}
