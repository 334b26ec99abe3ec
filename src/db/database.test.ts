import { afterEach, beforeEach, expect, test } from 'bun:test';
import { mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createClient } from '@libsql/client';
import { eq, sql } from 'drizzle-orm';
import { createLog } from '#src/log.ts';
import { mayMount, mountSmallDisk } from '#src/testing/faults/small-disk.ts';
import { openTestStorage, type TestStorage } from '#src/testing/storage.ts';
import { openDatabase } from './database.ts';
import { makeFolder } from './durable-file.ts';
import { accountFolder, type Inbox, inboxPath, openInbox } from './inbox.ts';
import { inboxMigrations } from './migrations.ts';
import * as schema from './schema/inbox/index.ts';

const { teams, audit } = schema;
let storage: TestStorage;
let inbox: Inbox;

beforeEach(async () => {
  storage = await openTestStorage();
  inbox = await storage.inbox(1);
});
afterEach(() => storage.close());

const names = async () => (await inbox.sql.select().from(teams)).map((team) => team.name);
const insert = (name: string, id = inbox.nextId()) => inbox.sql.insert(teams).values({ id, name });

test('a batch is written whole or not at all', async () => {
  await inbox.write('full', [insert('first', 1)]);
  await expect(inbox.write('full', [insert('second', 2), insert('twin', 1)])).rejects.toThrow();
  expect(await names()).toEqual(['first']);
  await inbox.write('normal', [insert('third', 3)]);
  expect(await names()).toEqual(['first', 'third']);
});

test('turns run one at a time, so that what one decided on cannot change before its batch', async () => {
  const addOne = () =>
    inbox.turn(async (commit) => {
      const count = (await inbox.sql.select().from(teams)).length;
      await commit('normal', [insert(`team ${count}`)]);
    });
  await Promise.all(Array.from({ length: 40 }, addOne));
  expect(new Set(await names()).size).toBe(40);
});

test('a turn that fails does not stop the next one', async () => {
  const failing = inbox.turn(async () => {
    throw new Error('boom');
  });
  await expect(failing).rejects.toThrow('boom');
  await inbox.write('full', [insert('after')]);
  expect(await names()).toEqual(['after']);
});

test('the durability of each batch is the one that was asked for, also after a failed batch', async () => {
  const synchronous = () => {
    const [row] = inbox.rows('pragma synchronous');
    return row?.[0];
  };
  await inbox.write('normal', [insert('a')]);
  expect(synchronous()).toBe(1);
  await inbox.write('full', [insert('b')]);
  expect(synchronous()).toBe(2);
  await inbox.write('normal', [insert('c', 7)]);
  await expect(inbox.write('normal', [insert('d', 7)])).rejects.toThrow();
  expect(synchronous()).toBe(2);
  await inbox.write('normal', [insert('e')]);
  expect(synchronous()).toBe(1);
});

test('a long queue lets the event loop turn', async () => {
  let ticks = 0;
  const timer = setInterval(() => {
    ticks += 1;
  }, 1);
  await Promise.all(Array.from({ length: 300 }, (_, i) => inbox.write('full', [insert(`t${i}`)])));
  clearInterval(timer);
  expect(ticks).toBeGreaterThan(0);
});

test('the file and its log hold nothing in the clear', async () => {
  await inbox.write('full', [insert('canary-4711-canary')]);
  for (const suffix of ['', '-wal']) {
    const file = readFileSync(`${inboxPath(storage.folder, 1)}${suffix}`);
    expect(file.includes('canary-4711-canary')).toBe(false);
    expect(file.includes('SQLite format 3')).toBe(false);
  }
});

test('a plaintext database is refused with what to do', async () => {
  const path = `${storage.folder}/plain.db`;
  const plain = createClient({ url: `file:${path}` });
  await plain.execute('create table t (a)');
  plain.close();
  const opening = openDatabase({
    name: 'plain',
    path,
    key: 'ab'.repeat(32),
    schema,
    migrations: inboxMigrations,
    ids: storage.ids,
    log: createLog('silent'),
  });
  await expect(opening).rejects.toThrow(/is not encrypted.*backup/s);
});

test('an empty or short database key is refused before a file is touched', async () => {
  for (const key of ['', 'abc', 'AB'.repeat(32)]) {
    const opening = openDatabase({
      name: 'x',
      path: `${storage.folder}/x.db`,
      key,
      schema,
      migrations: inboxMigrations,
      ids: storage.ids,
      log: createLog('silent'),
    });
    await expect(opening).rejects.toThrow('64 hexadecimal');
  }
});

test('a database of another key is refused with what to do', async () => {
  await inbox.close();
  storage.keyring.add('2');
  makeFolder(accountFolder(storage.folder, 2));
  writeFileSync(inboxPath(storage.folder, 2), readFileSync(inboxPath(storage.folder, 1)));
  const opening = openInbox(storage.folder, 2, storage.keyring, storage.ids, createLog('silent'));
  await expect(opening).rejects.toThrow(/another key|damaged/);
});

test('a newer schema is refused and left as it was', async () => {
  inbox.rows('pragma user_version = 99');
  await inbox.close();
  await expect(storage.inbox(1)).rejects.toThrow(/newer OonoBox \(schema 99/);
});

test('a failing migration leaves the version and the tables of before, and a snapshot beside them', async () => {
  await inbox.write('full', [insert('kept')]);
  await inbox.close();
  const key = storage.keyring.keysOf('1').database;
  const path = inboxPath(storage.folder, 1);
  const log = createLog('silent');
  const broken = [
    ...inboxMigrations,
    'create table extra (a text) strict;\n--> statement-breakpoint\nnonsense',
  ];
  const options = { name: 'x', path, key, schema, ids: storage.ids, log };
  await expect(openDatabase({ ...options, migrations: broken })).rejects.toThrow();

  const again = await openDatabase({ ...options, migrations: inboxMigrations });
  expect((await again.sql.select().from(teams)).map((team) => team.name)).toEqual(['kept']);
  expect(again.rows("select name from sqlite_schema where name = 'extra'")).toEqual([]);
  await again.close();

  const snapshot = await openDatabase({
    ...options,
    path: `${path}.before-${inboxMigrations.length}`,
    migrations: inboxMigrations,
  });
  expect((await snapshot.sql.select().from(teams)).map((team) => team.name)).toEqual(['kept']);
  await snapshot.close();
});

test('a crash while the copy is made leaves nothing that could be taken for one, and the next opening makes it', async () => {
  await inbox.write('full', [insert('kept')]);
  await inbox.close();
  const path = inboxPath(storage.folder, 1);
  const copy = `${path}.before-${inboxMigrations.length}`;
  writeFileSync(`${copy}.new`, 'half a copy');
  writeFileSync(`${copy}.new-journal`, 'and its journal');
  const options = {
    name: 'x',
    key: storage.keyring.keysOf('1').database,
    schema,
    ids: storage.ids,
    log: createLog('silent'),
  };
  const newer = [...inboxMigrations, 'create table extra (a text) strict'];
  await (await openDatabase({ ...options, path, migrations: newer })).close();
  const copies = readdirSync(accountFolder(storage.folder, 1)).filter((name) => name.includes('.before-'));
  expect(copies).toEqual([`inbox.db.before-${inboxMigrations.length}`]);

  const snapshot = await openDatabase({ ...options, path: copy, migrations: inboxMigrations });
  expect((await snapshot.sql.select().from(teams)).map((team) => team.name)).toEqual(['kept']);
  await snapshot.close();
});

test('a copy that cannot have its name leaves nothing behind; an upgrade that is through keeps its own copies and removes older ones', async () => {
  await inbox.close();
  const path = inboxPath(storage.folder, 1);
  const version = inboxMigrations.length;
  const key = storage.keyring.keysOf('1').database;
  const options = { name: 'x', path, key, schema, ids: storage.ids, log: createLog('silent') };
  const upgrade = async (...more: string[]) =>
    (await openDatabase({ ...options, migrations: [...inboxMigrations, ...more] })).close();
  const copies = () =>
    readdirSync(accountFolder(storage.folder, 1)).filter((name) => name.includes('.before-'));
  const copiesOf = (...versions: number[]) => versions.map((one) => `inbox.db.before-${one}`);
  writeFileSync(`${path}.before-2`, 'of an upgrade before');
  writeFileSync(`${path}.before-99`, 'of a version that was given up');
  mkdirSync(`${path}.before-${version}`);
  const good = 'create table extra (a text) strict';
  await expect(upgrade(good)).rejects.toThrow();
  expect(copies().sort()).toEqual(copiesOf(2, version, 99));
  rmdirSync(`${path}.before-${version}`);

  await expect(upgrade(good, 'nonsense')).rejects.toThrow('nonsense');
  expect(copies().sort()).toEqual(copiesOf(2, version, 99));
  await upgrade(good, 'create table more (a text) strict');
  expect(copies().sort()).toEqual(copiesOf(version, version + 1, 99));
});

test.skipIf(!mayMount)('a disk without room for the copy is left as it is, and it is said why', async () => {
  const disk = mountSmallDisk(16);
  try {
    makeFolder(disk.folder);
    const path = join(disk.folder, 'x.db');
    const options = {
      name: 'x',
      path,
      key: 'ab'.repeat(32),
      schema,
      ids: storage.ids,
      log: createLog('silent'),
    };
    await (await openDatabase({ ...options, migrations: inboxMigrations })).close();
    const upgraded = openDatabase({ ...options, migrations: [...inboxMigrations, 'nonsense'] });
    await expect(upgraded).rejects.toThrow(
      /too full for the copy of .*x\.db.*Make room; nothing was changed/,
    );
    expect(readdirSync(disk.folder).filter((name) => name.includes('before'))).toEqual([]);
  } finally {
    disk.unmount();
  }
});

test('audit rows can be added, never changed or deleted', async () => {
  const row = { id: 1, at: 1, actorKind: 'system', action: 'x', object: 'y', data: '{}' } as const;
  await inbox.write('full', [inbox.sql.insert(audit).values(row)]);
  await expect(inbox.write('full', [inbox.sql.update(audit).set({ at: 2 })])).rejects.toThrow(
    'never changed',
  );
  await expect(inbox.write('full', [inbox.sql.delete(audit).where(eq(audit.id, 1))])).rejects.toThrow(
    'never deleted',
  );
});

test('every table is strict: a column takes no other kind of value than its own', async () => {
  const tables = inbox.objects<{ name: string; strict: number }>(
    sql`select name, strict from pragma_table_list where type = 'table' and name not like 'sqlite_%'`,
  );
  expect(tables.length).toBeGreaterThan(25);
  expect(tables.filter((table) => !table.strict)).toEqual([]);
});
