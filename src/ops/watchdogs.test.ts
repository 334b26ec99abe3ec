import { beforeEach, expect, test } from 'bun:test';
import { expectErrorInLog, loggedLines, openTestLog } from '#src/testing/log.ts';
import { type Alarms, createAlarms } from './alarms.ts';
import { createDiskWatchdog } from './watchdog-disk.ts';
import { collectGarbage, createMemoryWatchdog } from './watchdog-memory.ts';

const MB = 1024 * 1024;
const MINUTE = 60_000;
const clock = { now: 0 };
const now = () => clock.now;
let alarms: Alarms;

beforeEach(() => {
  clock.now = Date.UTC(2026, 10, 23);
  alarms = createAlarms({ log: openTestLog(), now });
});

const lines = () =>
  loggedLines()
    .map((line) => JSON.parse(line))
    .filter(({ alarm }) => alarm !== undefined);

/** A process whose memory is as said, and that frees as much as said when it is collected. */
function memoryOf(rss: number, freed = 0) {
  const process = { rss, collections: 0 };
  const look = createMemoryWatchdog({
    limit: 400 * MB,
    readMemory: () => ({ rss: process.rss, heapUsed: 50 * MB }),
    collect: async () => {
      process.collections += 1;
      process.rss -= freed;
    },
    about: () => ({ openAccounts: 3, sockets: 5 }),
    alarms,
    now,
  });
  return { process, look };
}

test('memory below the limit is not even collected', async () => {
  const { process, look } = memoryOf(399 * MB);
  await look();
  expect(process.collections).toBe(0);
  expect(lines()).toEqual([]);
});

test('too much memory that a collection frees is no alarm', async () => {
  const { process, look } = memoryOf(450 * MB, 100 * MB);
  await look();
  expect(process.collections).toBe(1);
  expect(alarms.raised().memory).toBe(false);
  expect(lines()).toEqual([]);
});

test('what a collection does not free is a warning with figures, once an hour, until it is gone', async () => {
  const { process, look } = memoryOf(450 * MB, 10 * MB);
  await look();
  expect(alarms.raised().memory).toBe(true);
  expect(lines()).toMatchObject([
    { level: 40, rss: 440 * MB, heapUsed: 50 * MB, limit: 400 * MB, openAccounts: 3, sockets: 5 },
  ]);

  clock.now += MINUTE;
  await look();
  expect(process.collections).toBe(1);
  clock.now += 10 * MINUTE;
  await look();
  expect(process.collections).toBe(2);
  expect(lines()).toHaveLength(1);
  clock.now += 60 * MINUTE;
  await look();
  expect(lines()).toHaveLength(2);

  process.rss = 100 * MB;
  await look();
  expect(alarms.raised().memory).toBe(false);
  expect(lines().at(-1)).toMatchObject({ level: 30, msg: 'an alarm is over' });
});

test('an alarm that comes and goes does not fill the log', async () => {
  const { process, look } = memoryOf(450 * MB);
  for (let each = 0; each < 20; each += 1) {
    process.rss = (each % 2 === 0 ? 450 : 100) * MB;
    clock.now += MINUTE;
    await look();
  }
  expect(lines().filter(({ level }) => level === 40)).toHaveLength(1);
});

test('the process can really be collected', async () => {
  const found: string[] = [];
  const gone = new FinalizationRegistry<string>((name) => found.push(name));
  (() => gone.register({ large: new Uint8Array(1024) }, 'it'))();
  // Something on the stack may still look like a reference to it for some time.
  for (let each = 0; each < 50 && found.length === 0; each += 1) {
    await collectGarbage();
  }
  expect(found).toEqual(['it']);
});

const GB = 1024 * MB;

test.each([
  [{ free: 20 * GB, total: 100 * GB }, false],
  [{ free: 1.5 * GB, total: 10 * GB }, false],
  [{ free: 0.9 * GB, total: 10 * GB }, true],
  [{ free: 4 * GB, total: 100 * GB }, true],
])('a disk with %j is nearly full: %p', async (space, expected) => {
  await createDiskWatchdog({ readSpace: async () => space, alarms })();
  expect(alarms.raised().disk).toBe(expected);
  expect(lines().length).toBe(expected ? 1 : 0);
  if (expected) {
    expect(lines()[0]).toMatchObject({ level: 40, ...space });
    expect(lines()[0].msg).toContain('webhooks are answered 503');
  }
});

test('room that was made ends the alarm', async () => {
  const space = { free: 1, total: 10 * GB };
  const look = createDiskWatchdog({ readSpace: async () => space, alarms });
  await look();
  space.free = 5 * GB;
  await look();
  expect(alarms.raised().disk).toBe(false);
});

test('an alarm of the level error is an error in the log', () => {
  expectErrorInLog(/of the test/);
  alarms.raise('wal', '7', { level: 'error', about: {}, words: 'of the test' });
  alarms.clearOthers('wal', new Set(['7']));
  expect(alarms.raised().wal).toBe(true);
  alarms.clearOthers('wal', new Set());
  expect(alarms.raised().wal).toBe(false);
});
