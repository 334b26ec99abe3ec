import { afterEach, beforeEach, expect, test } from 'bun:test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Connection, codeOf, connect } from './connection.ts';

const KEY = 'ab'.repeat(32);
let folder: string;
let connection: Connection;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oonobox-test-'));
  connection = connect(join(folder, 'test.db'), KEY);
  connection.run('create table things (id integer primary key, name text, bytes blob) strict');
});
afterEach(() => {
  connection.close();
  rmSync(folder, { recursive: true, force: true });
});

const insert = (id: number, name: string | null = null) =>
  connection.run('insert into things (id, name) values (?, ?)', [id, name]);

test('every kind of value comes back as it was', () => {
  const bytes = new Uint8Array([0, 255]);
  connection.run('insert into things values (?, ?, ?)', [Number.MAX_SAFE_INTEGER, 'naïve 😀', bytes]);
  const [row] = connection.all('select id, name, bytes, null from things');
  expect(row?.slice(0, 2)).toEqual([Number.MAX_SAFE_INTEGER, 'naïve 😀']);
  expect(new Uint8Array(row?.[2] as Uint8Array)).toEqual(bytes);
  expect(row?.[3]).toBeNull();
  expect(connection.objects('select 1 as one, ? as two', [true])).toEqual([{ one: 1, two: 1 }]);
});

test('what cannot be kept is refused instead of becoming something else', () => {
  for (const value of [undefined, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => connection.all('select ?', [value])).toThrow('cannot be kept');
  }
});

test('a statement that was prepared before a table changed sees the table as it is', () => {
  insert(1, 'first');
  expect(connection.all('select * from things')).toEqual([[1, 'first', null]]);
  connection.run("alter table things add column colour text default 'red'");
  expect(connection.all('select * from things')).toEqual([[1, 'first', null, 'red']]);
});

test('a statement that failed can be run again', () => {
  insert(1);
  expect(() => insert(1)).toThrow('UNIQUE');
  expect(insert(2)).toBe(1);
});

test('a batch that fails leaves nothing, and none of it open', () => {
  expect(() =>
    connection.batch(() => {
      insert(1);
      insert(1);
    }),
  ).toThrow('UNIQUE');
  expect(connection.all('select * from things')).toEqual([]);
  connection.batch(() => insert(1));
  expect(connection.all('select id from things')).toEqual([[1]]);
});

test('more statements than stay prepared work all the same', () => {
  for (let n = 0; n < 1_200; n++) {
    expect(connection.all(`select ${n}`)).toEqual([[n]]);
  }
  expect(connection.all('select 7')).toEqual([[7]]);
});

test('after it was reopened it goes on', () => {
  insert(1);
  connection.reopen();
  insert(2);
  expect(connection.all('select id from things')).toEqual([[1], [2]]);
});

test('errors are named as SQLite names them, without what extends the name', () => {
  const code = (work: () => unknown) => {
    try {
      work();
      return null;
    } catch (error) {
      return codeOf(error);
    }
  };
  insert(1);
  expect(code(() => insert(1))).toBe('SQLITE_CONSTRAINT');
  expect(code(() => connection.run('nonsense'))).toBe('SQLITE_ERROR');
  expect(code(() => connect(join(folder, 'test.db'), 'cd'.repeat(32)).all('select * from things'))).toBe(
    'SQLITE_NOTADB',
  );
  expect(codeOf(new Error('another'))).toBe('none');
});
