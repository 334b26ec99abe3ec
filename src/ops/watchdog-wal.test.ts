import { afterEach, beforeEach, expect, test } from 'bun:test';
import { openTemporaryInstall, type TemporaryInstall } from '#src/accounts/temporary-install.ts';
import { inboxPath } from '#src/db/inbox.ts';
import { openForReading } from '#src/db/reader/open-for-reading.ts';
import { memberships, tokens } from '#src/db/schema/control.ts';
import { teams } from '#src/db/schema/inbox/people.ts';
import { expectErrorInLog, loggedLines } from '#src/testing/log.ts';
import { type Alarms, createAlarms } from './alarms.ts';
import { walBytes } from './wal-files.ts';
import { lookAtWals } from './watchdog-wal.ts';

let install: TemporaryInstall;
let alarms: Alarms;
let ada: number;

/** As they are, but small: a log of a quarter of a gigabyte takes a while to write. */
const limits = { empty: 300_000, alarm: 2_000_000 };
const HOUR = 60 * 60_000;

beforeEach(async () => {
  install = await openTemporaryInstall();
  alarms = createAlarms(install.services);
  ({ accountId: ada } = await install.createAdasAccount());
});
afterEach(() => install.close());

const look = () => lookAtWals({ ...install.services, alarms, limits });
const bytes = (accountId: number | null) => walBytes(install.services.config.data, accountId);

/** Fills the account's log with this many rows of a thousand bytes. */
const fill = (rows: number) =>
  install.services.accounts.use(ada, async (inbox) => {
    for (let each = 0; each < rows; each += 100) {
      const names = Array.from({ length: 100 }, () => ({ id: inbox.nextId(), name: 'x'.repeat(1_000) }));
      await inbox.write('normal', [inbox.sql.insert(teams).values(names)]);
    }
  });

/** A connection in the middle of reading: what it sees must stay in the log. */
async function readForLong() {
  const { accounts, config } = install.services;
  const key = await accounts.use(ada, async (inbox) => inbox.keys.database);
  const reader = openForReading(inboxPath(config.data, ada), key);
  // What the program must never do: a transaction that stays open.
  reader.rows('begin');
  reader.rows('select count(*) from teams');
  return async () => {
    reader.rows('commit');
    reader.close();
  };
}

const alarmLines = () => loggedLines().filter((line) => line.includes('"alarm":"wal"'));

test('a log that is large is emptied, and what was in it is in the database', async () => {
  await fill(300);
  expect(bytes(ada)).toBeGreaterThan(limits.empty);
  await look();
  expect(bytes(ada)).toBe(0);
  expect(await install.services.accounts.use(ada, ({ sql: db }) => db.$count(teams))).toBe(300);
  expect(alarms.raised().wal).toBe(false);
});

test('so is that of control.db', async () => {
  const { control } = install.services;
  const rows = Array.from({ length: 300 }, (_, each) => ({
    hash: String(each),
    kind: 'invite' as const,
    data: 'x'.repeat(1_000),
    expiresAt: 0,
  }));
  await control.write('normal', [control.sql.insert(tokens).values(rows)]);
  expect(bytes(null)).toBeGreaterThan(limits.empty);
  await look();
  expect(bytes(null)).toBe(0);
  expect(await control.sql.$count(memberships)).toBe(1);
});

test('a small one is left alone', async () => {
  await look();
  await fill(100);
  const before = bytes(ada);
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(limits.empty);
  await look();
  expect(bytes(ada)).toBe(before);
});

test('one that a long read holds is not waited for; when it is far too large that is an alarm, until it can be emptied', async () => {
  expectErrorInLog(/cannot be emptied/);
  const end = await readForLong();
  await fill(300);
  await look();
  expect(bytes(ada)).toBeGreaterThan(limits.empty);
  expect(alarms.raised().wal).toBe(false);

  await fill(1_500);
  await look();
  await look();
  expect(bytes(ada)).toBeGreaterThan(limits.alarm);
  expect(alarms.raised().wal).toBe(true);
  expect(alarmLines()).toHaveLength(1);
  expect(JSON.parse(alarmLines()[0] ?? '')).toMatchObject({ level: 50, account: ada });
  install.clock.now += HOUR;
  await look();
  expect(alarmLines()).toHaveLength(2);

  await end();
  await look();
  expect(bytes(ada)).toBe(0);
  expect(alarms.raised().wal).toBe(false);
  expect(alarmLines().at(-1)).toContain('an alarm is over');
});

test('the log of an account that was closed is nobody’s alarm any more', async () => {
  expectErrorInLog(/cannot be emptied/);
  const end = await readForLong();
  await fill(2_000);
  await look();
  expect(alarms.raised().wal).toBe(true);
  await end();
  await install.services.accounts.closeAll();
  await look();
  expect(alarms.raised().wal).toBe(false);
  expect(install.services.accounts.openNow()).toEqual([]);
});
