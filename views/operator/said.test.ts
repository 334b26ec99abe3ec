import { expect, test } from 'bun:test';
import type { Finding } from '#src/operator/judge.ts';
import { sayFinding } from './said.ts';

const MB = 1024 * 1024;
const pickUp = {
  at: 0,
  accounts: 2,
  unavailable: 0,
  takenIn: 14,
  setAside: 1,
  parked: 0,
  unknown: 1,
  settled: 0,
  unfinishedAccounts: 1,
  folders: 1,
  files: 0,
  sockets: 1,
};
const places = [{ id: 7, name: 'Bakery', count: 1 }];

test.each<[Finding, string]>([
  [{ about: 'intake', state: 'fine', pending: 0, age: null }, 'Everything is taken in'],
  [{ about: 'intake', state: 'fine', pending: 2, age: 3_000 }, 'Oldest waiting webhook: 3 s'],
  [{ about: 'failed', state: 'fine', count: 0, places: [] }, 'Every webhook was understood'],
  [{ about: 'failed', state: 'look', count: 7, places }, 'Not understood: 7 changes'],
  [{ about: 'sends', state: 'fine', waiting: 0, age: null }, 'Nothing waits to be sent'],
  [{ about: 'sends', state: 'fine', waiting: 12, age: 2_000 }, '12 messages wait to be sent'],
  [{ about: 'sends', state: 'look', waiting: 12, age: 4 * 60_000 }, '12 sends wait; the oldest since 4 min'],
  [{ about: 'files', state: 'fine', waiting: 0, age: null }, 'Every file is here'],
  [{ about: 'files', state: 'fine', waiting: 2, age: 3_000 }, '2 files are being fetched'],
  [
    { about: 'files', state: 'look', waiting: 1, age: 20 * 60_000 },
    'One file is not here; the oldest since 20 min',
  ],
  [{ about: 'unknown', state: 'fine', asked: 0, unasked: 3, places: [] }, 'No send needs a decision'],
  [{ about: 'unknown', state: 'look', asked: 2, unasked: 0, places }, '2 sends need a decision'],
  [{ about: 'paused', state: 'act', count: 2, places }, 'Paused: 2 numbers'],
  [{ about: 'businesses', state: 'fine', count: 3, open: 0 }, '3 businesses'],
  [{ about: 'more-closed', state: 'act', count: 4 }, '4 more cannot be opened'],
  [{ about: 'unrouted', state: 'fine', count: 1 }, 'One webhook for a number that nobody has connected'],
  [{ about: 'memory', state: 'fine', rss: 96 * MB, limit: 400 * MB }, 'Memory: 96 MB'],
  [{ about: 'memory', state: 'look', rss: 500 * MB, limit: 400 * MB }, 'Memory: 500 MB'],
  [{ about: 'disk', state: 'fine', free: 50 * MB, total: 100 * MB }, 'Disk: 50 MB left'],
  [{ about: 'disk', state: 'act', free: 50 * MB, total: 100 * MB }, 'Disk: 50 MB left'],
  [{ about: 'disk', state: 'look', free: null, total: 0 }, 'Disk: not known'],
  [{ about: 'wal', state: 'fine', largest: MB, all: 3 * MB }, 'Write-ahead logs: 3 MB'],
  [{ about: 'wal', state: 'act', largest: 300 * MB, all: 301 * MB }, 'Write-ahead log: 300 MB'],
  [{ about: 'loop', state: 'fine', p99: 0.001, max: 0.02 }, 'It answers at once'],
  [{ about: 'loop', state: 'act', p99: 1.2, max: 3 }, 'Busy: turns come 1.2 s late'],
  [{ about: 'crash', state: 'fine', pickUp: null }, 'The last stop was in good order'],
  [{ about: 'crash', state: 'look', pickUp }, 'It came back from a crash:'],
])('case %# is said in whole sentences', (finding, expected) => {
  const { title, note, text, todo = '.' } = sayFinding(finding);
  expect([title, note].filter(Boolean).join(' ')).toBe(expected);
  for (const words of [text, todo]) {
    expect(words).toEndWith('.');
    expect(words).not.toMatch(/undefined|NaN|#/);
  }
});

test('what a crash left is told as far as there was something', () => {
  const { text } = sayFinding({ about: 'crash', state: 'look', pickUp });
  expect(text).toBe(
    '2 businesses were open. 14 changes were taken in. One could not be, and waits for a replay. Of one send it is not known whether it has left. 2 unfinished things were removed.',
  );
});

test('why a business cannot be opened is said by its kind, and an unknown kind by its name', () => {
  const closed = { id: 7, name: 'Bakery', code: 'SQLITE_IOERR' };
  const say = (reason: 'missing' | 'other', parked = 0) =>
    sayFinding({ about: 'closed', state: 'act', closed: { ...closed, reason }, parked });
  expect(say('missing')).toEqual({
    title: 'Bakery',
    note: 'cannot be opened',
    text: 'The file of its database is gone, or nothing is left in it. Put it back, or one from a backup: copy it beside as inbox.db.new, then rename it to inbox.db.',
  });
  expect(say('other').text).toEndWith(' SQLITE_IOERR.');
  expect(say('missing', 2).todo).toBe('2 webhooks are kept until businesses like this can be opened.');
});
