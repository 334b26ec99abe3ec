import { afterEach, beforeEach, expect, test } from 'bun:test';
import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { inboxPath } from '#src/db/inbox.ts';
import { accounts } from '#src/db/schema/control.ts';
import { createAccountCheck } from './account-check.ts';
import type { OpenAccounts } from './open-accounts.ts';
import { openAccountsBench } from './open-testing.ts';

let bench: Awaited<ReturnType<typeof openAccountsBench>>;

beforeEach(async () => {
  bench = await openAccountsBench();
});
afterEach(() => bench.close());

/** What comes of asking for the first account again, once it was looked through: that may take longer than anybody waits. */
async function askedLater(set: OpenAccounts): Promise<string> {
  let said: string;
  do {
    bench.clock.now += 5_000;
    said = await set.use(1, async () => 'opened').catch(String);
  } while (said.includes('is being checked'));
  return said;
}

/** As somebody does who has a backup. */
function putInPlace(database: Buffer): void {
  const path = inboxPath(bench.storage.folder, 1);
  rmSync(`${path}-wal`, { force: true });
  rmSync(`${path}-shm`, { force: true });
  writeFileSync(path, database);
}

const PAGE = 4096;

test.each<[how: string, spoil: (path: string) => void]>([
  ['was missing', (path) => rmSync(path)],
  ['was cut short', (path) => truncateSync(path, 20 * PAGE)],
])('a database that %s is opened again only once it was found sound', async (_, spoil) => {
  const set = bench.openSet(8);
  await bench.register(1);
  await set.create(1);
  // An index, which nothing reads at an opening.
  const [root] = await set.use(1, async (inbox) =>
    inbox.rows("select rootpage from sqlite_schema where name = 'cases_opened'"),
  );
  bench.clock.now += 11 * 60_000;
  await set.closeIdle();
  const healthy = readFileSync(inboxPath(bench.storage.folder, 1));
  const page = (Number(root?.[0]) - 1) * PAGE;
  const damaged = Buffer.from(healthy).fill(0, page, page + PAGE);

  spoil(inboxPath(bench.storage.folder, 1));
  expect(await askedLater(set)).toContain('cannot be opened');
  putInPlace(damaged);
  expect(await askedLater(set)).toContain('is damaged (');
  putInPlace(healthy);
  expect(await askedLater(set)).toBe('opened');
  await set.closeAll();
});

test('an account that was found damaged by a check is not opened without one by the next try', async () => {
  await bench.register(1);
  const set = bench.openSet(1);
  await set.create(1);
  await set.closeAll();
  const path = inboxPath(bench.storage.folder, 1);
  const bytes = readFileSync(path);
  writeFileSync(path, bytes.fill(7, bytes.length - 4096));
  const cutOffTwice = { openSince: bench.clock.now, uncleanEnds: 2 };
  await bench.storage.control.write('full', [bench.storage.control.sql.update(accounts).set(cutOffTwice)]);

  const later = bench.openSet(1);
  for (const _ of ['found', 'found before']) {
    await expect(later.use(1, async () => {})).rejects.toThrow(/inbox\.db is damaged/);
    bench.clock.now += 6_000;
  }
  expect(bench.recovered).toEqual([1]);
});

test('what a check finds after everybody has stopped waiting lets the account open, once', async () => {
  await bench.register(7);
  await bench.openSet(1).create(7);
  const { folder: dataFolder, keyring } = bench.storage;
  const check = createAccountCheck({ dataFolder, keyring, libraries: null, patienceMs: 0 });
  const isSound = () => check.mustBeSound(7).then(() => true, String);
  expect(await isSound()).toContain('is being checked');
  await check.idle();
  expect(await isSound()).toBe(true);
  expect(await isSound()).toContain('is being checked');
  check.stop();
});
