import { expect, test } from 'bun:test';
import type { Figures } from '#src/ops/figures.ts';
import type { PickUp } from '#src/ops/pick-ups.ts';
import { type Finding, judge, type State, worst } from './judge.ts';

const NOON = Date.UTC(2026, 10, 22, 12);
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const MB = 1024 * 1024;
const GB = 1024 * MB;

type Open = Figures['open'][number];

const bakery: Open = {
  accountId: 7,
  name: 'Bakery',
  pending: 0,
  pendingSince: null,
  failed: 0,
  queued: { interactive: 0, bulk: 0 },
  dueSince: { interactive: null, bulk: null },
  unknown: 0,
  asked: 0,
  paused: 0,
  filesExpected: 0,
  filesExpectedSince: null,
};

const quiet: Figures = {
  now: NOON,
  uptimeSeconds: 60,
  open: [bakery],
  control: {
    accounts: [
      { state: 'active', count: 2 },
      { state: 'erased', count: 5 },
    ],
    attention: [],
    attentionCount: 0,
    parked: 0,
    unrouted: 0,
  },
  memory: { rss: 90 * MB, heapUsed: 30 * MB, limit: 400 * MB },
  alarms: { wal: false, memory: false, disk: false },
  disk: { free: 50 * GB, total: 100 * GB },
  wal: [
    { accountId: null, bytes: MB },
    { accountId: 7, bytes: 2 * MB },
  ],
  loop: { p50: 0.001, p99: 0.01, max: 0.05 },
  openFiles: 40,
  cpuSeconds: 1,
  live: { sockets: 0, pushes: 0 },
  pickUp: null,
};

const findingsOf = (figures: Figures) => judge(figures).flatMap(({ findings }) => findings);

/** How one thing stands when these figures differ. */
function stateOf(about: Finding['about'], changes: Partial<Figures>): State | undefined {
  return findingsOf({ ...quiet, ...changes }).find((finding) => finding.about === about)?.state;
}

const open = (changes: Partial<Open>) => ({ open: [bakery, { ...bakery, accountId: 8, ...changes }] });

test('an install in which all is well', () => {
  expect(findingsOf(quiet).map(({ state }) => state)).toEqual(Array(12).fill('fine'));
  expect(findingsOf(quiet)).toContainEqual({ about: 'businesses', state: 'fine', count: 2, open: 1 });
});

const crash: PickUp = {
  at: NOON,
  accounts: 1,
  unavailable: 0,
  takenIn: 0,
  setAside: 0,
  parked: 0,
  unknown: 0,
  settled: 0,
  unfinishedAccounts: 0,
  folders: 0,
  files: 0,
  sockets: 1,
};

const since = (ms: number) => NOON - ms;

test.each<[Finding['about'], Partial<Figures>, State]>([
  ['intake', open({ pending: 1, pendingSince: since(9 * SECOND) }), 'fine'],
  ['intake', open({ pending: 1, pendingSince: since(10 * SECOND) }), 'look'],
  ['intake', open({ pending: 1, pendingSince: since(61 * SECOND) }), 'act'],
  ['failed', open({ failed: 1 }), 'look'],
  ['sends', open({ queued: { interactive: 3, bulk: 0 } }), 'fine'],
  ['sends', open({ dueSince: { interactive: since(59 * SECOND), bulk: null } }), 'fine'],
  ['sends', open({ dueSince: { interactive: since(4 * MINUTE), bulk: null } }), 'look'],
  ['sends', open({ dueSince: { interactive: since(6 * MINUTE), bulk: null } }), 'act'],
  ['sends', open({ dueSince: { interactive: null, bulk: since(59 * MINUTE) } }), 'fine'],
  ['sends', open({ dueSince: { interactive: null, bulk: since(600 * MINUTE) } }), 'look'],
  ['unknown', open({ unknown: 1 }), 'fine'],
  ['unknown', open({ unknown: 2, asked: 1 }), 'look'],
  ['paused', open({ paused: 1 }), 'act'],
  ['files', open({ filesExpected: 3, filesExpectedSince: since(9 * MINUTE) }), 'fine'],
  ['files', open({ filesExpected: 3, filesExpectedSince: since(11 * MINUTE) }), 'look'],
  ['memory', { memory: { ...quiet.memory, rss: 500 * MB } }, 'fine'],
  ['memory', { alarms: { ...quiet.alarms, memory: true } }, 'look'],
  ['disk', { disk: { free: 4 * GB, total: 100 * GB } }, 'look'],
  ['disk', { disk: { free: 0.9 * GB, total: 10 * GB } }, 'look'],
  ['disk', { disk: { free: 200 * MB, total: 10 * GB } }, 'act'],
  ['disk', { disk: null }, 'look'],
  ['wal', { wal: [{ accountId: 7, bytes: 63 * MB }] }, 'fine'],
  ['wal', { wal: [{ accountId: 7, bytes: 65 * MB }] }, 'look'],
  ['wal', { wal: [{ accountId: null, bytes: 257 * MB }] }, 'act'],
  ['loop', { loop: { p50: 0.01, p99: 0.2, max: 0.3 } }, 'look'],
  ['loop', { loop: { p50: 0.01, p99: 1.5, max: 3 } }, 'act'],
  ['loop', { loop: { p50: 0.01, p99: 0.05, max: 3 } }, 'fine'],
  ['crash', { pickUp: crash }, 'look'],
  ['crash', { pickUp: { ...crash, at: since(25 * 60 * MINUTE) } }, 'fine'],
  ['unrouted', { control: { ...quiet.control, unrouted: 3 } }, 'fine'],
])('%s, case %#', (about, changes, expected) => {
  expect(stateOf(about, changes)).toBe(expected);
});

test('places are named, the most first, and counted together', () => {
  const places = [
    { ...bakery, failed: 1 },
    { ...bakery, accountId: 8, name: 'Garage', failed: 4 },
    { ...bakery, accountId: 9, name: 'Library' },
  ];
  expect(findingsOf({ ...quiet, open: places })).toContainEqual({
    about: 'failed',
    state: 'look',
    count: 5,
    places: [
      { id: 8, name: 'Garage', count: 4 },
      { id: 7, name: 'Bakery', count: 1 },
    ],
  });
});

test('each business that cannot be opened is one thing to do; too many are counted', () => {
  const attention = [{ id: 7, name: 'Bakery', why: 'account 7 cannot be opened: /x is missing: restore it' }];
  const found = findingsOf({
    ...quiet,
    control: { ...quiet.control, attention, attentionCount: 3, parked: 2 },
  });
  expect(found).toContainEqual({
    about: 'closed',
    state: 'act',
    closed: { id: 7, name: 'Bakery', reason: 'missing', code: null },
    parked: 2,
  });
  expect(found).toContainEqual({ about: 'more-closed', state: 'act', count: 2 });
});

test('the worst of all is how the whole stands', () => {
  expect(worst([])).toBe('fine');
  expect(worst(['fine', 'look', 'fine'])).toBe('look');
  expect(worst(['look', 'act', 'fine'])).toBe('act');
});
