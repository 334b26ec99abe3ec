import { afterAll, beforeAll, expect, test } from 'bun:test';
import { copyFileSync, readFileSync } from 'node:fs';
import { changedPages, flipBit, zeroPage } from '#src/testing/faults/damage.ts';
import { temporaryFolder } from '#src/testing/folders.ts';
import { connect } from '../connection.ts';
import { findDamage } from './sound.ts';

const key = 'ab'.repeat(32);
const folder = temporaryFolder();
const path = `${folder}/whole.db`;
let root: number;
/** Where the long text is. */
let leaf: number;
const stop = new AbortController();

beforeAll(() => {
  const connection = connect(path, key);
  connection.batch(() => {
    connection.run('create table notes (id integer primary key, text text not null) strict');
    connection.run('create table names (name text primary key, is_short integer) strict, without rowid');
    connection.run('create virtual table found using fts5(text)');
    for (let id = 1; id <= 1_200; id++) {
      connection.run('insert into notes values (?, ?)', [id, `${id} ${'x'.repeat(200)}`]);
    }
    connection.run('insert into notes values (?, ?)', [-1, 'y'.repeat(3_500)]);
    connection.run('insert into names values (?, ?)', ['a', 1]);
    connection.run('insert into found values (?)', ['words']);
  });
  root = Number(connection.all("select rootpage from sqlite_schema where name = 'notes'")[0]?.[0]) - 1;
  connection.close();
  const changed = spoilt((copy) => {
    const other = connect(copy, key);
    other.run('update notes set text = upper(text) where id = -1');
    other.close();
  });
  leaf = changedPages(readFileSync(path), readFileSync(changed))[0] ?? 0;
});
afterAll(() => stop.abort());

/** A copy with something done to it. */
function spoilt(spoil: (path: string) => void): string {
  const copy = `${folder}/${crypto.randomUUID()}.db`;
  copyFileSync(path, copy);
  spoil(copy);
  return copy;
}
const check = (database: string, by = key) =>
  findDamage({ path: database, key: by }, { libraries: null, signal: stop.signal });

test('a sound database is found sound, whatever its tables are like', async () => {
  expect(await check(path)).toBeNull();
});

test('a page that is gone is found', async () => {
  expect(await check(spoilt((copy) => zeroPage(copy, root)))).toMatch(/malformed|Tree|page/);
});

test('text that ends whoever reads it ends the check alone, and is found by that', async () => {
  const copy = spoilt((copy) => flipBit(copy, leaf));
  expect(await check(copy)).toBe('reading all of it ended the process that did so');
});

test('a wrong key is said to be one', async () => {
  expect(await check(path, 'cd'.repeat(32))).toContain('file is not a database');
});

test('a check that is broken off says nothing of the database', async () => {
  const ending = new AbortController();
  const checked = findDamage({ path, key }, { libraries: null, signal: ending.signal });
  ending.abort();
  await expect(checked).rejects.toThrow('is being checked again');
});
