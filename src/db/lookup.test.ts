import { afterAll, beforeAll, expect, test } from 'bun:test';
import { openTestStorage, type TestStorage } from '#src/testing/storage.ts';
import type { Inbox } from './inbox.ts';
import { rowsIn, selection } from './lookup.ts';
import { insertRows } from './rows.ts';
import { teams } from './schema/inbox/index.ts';

const MANY = 700;
let storage: TestStorage;
let inbox: Inbox;

beforeAll(async () => {
  storage = await openTestStorage();
  inbox = await storage.inbox(1);
  const rows = Array.from({ length: MANY }, (_, index) => ({ id: index + 1, name: `team ${index + 1}` }));
  await inbox.write('normal', insertRows(teams, rows));
});
afterAll(() => storage.close());

const team = selection({ id: teams.id, name: teams.name });
const find = (ids: number[]) =>
  rowsIn(inbox, `select ${team.list} from teams where id`, ids).map((row) => team.read(row));

test('a list of any length finds each of its rows once', () => {
  for (const length of [0, 1, 2, 3, 255, 256, 257, 600, MANY]) {
    const ids = Array.from({ length }, (_, index) => index + 1);
    expect(find(ids).map(({ id }) => id)).toEqual(ids);
  }
});

test('what is not there is not found', () => {
  expect(find([MANY + 1, 3, MANY + 2])).toEqual([{ id: 3, name: 'team 3' }]);
});

test('parameters before the list stay before it', () => {
  const named = `select ${team.list} from teams where name <> ? and id`;
  expect(rowsIn(inbox, named, [1, 2, 3], ['team 2']).map(([id]) => id)).toEqual([1, 3]);
});

test('a selection is read from its place in a joined row', () => {
  const [row] = inbox.rows(`select 'before', ${team.list} from teams where id = 5`);
  expect(team.read(row ?? [], 1)).toEqual({ id: 5, name: 'team 5' });
});
