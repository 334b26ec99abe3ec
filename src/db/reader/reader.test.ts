import { afterAll, afterEach, beforeAll, expect, test } from 'bun:test';
import { readdirSync, readlinkSync } from 'node:fs';
import { openTemporaryInstall, type TemporaryInstall } from '#src/accounts/temporary-install.ts';
import { members } from '#src/db/schema/inbox/index.ts';
import { AccountUnavailable, Busy, Late } from '#src/errors.ts';
import { until } from '#src/testing/until.ts';
import { inboxPath } from '../inbox.ts';
import { openForReading } from './open-for-reading.ts';
import { createReader, type Reader } from './reader.ts';
import { startReaderThread } from './thread.ts';

const HALF_AN_HOUR = 30 * 60_000;
const nothing = { conversations: 0, messages: 0 };

let install: TemporaryInstall;
let accountId: number;
let readers: Reader[] = [];

beforeAll(async () => {
  install = await openTemporaryInstall();
  ({ accountId } = await install.createAdasAccount());
});

afterEach(async () => {
  await Promise.all(readers.map((reader) => reader.stop()));
  readers = [];
});

afterAll(() => install.close());

function open(options: { keptMs?: number } = {}): Reader {
  const { config, accounts } = install.services;
  const reader = createReader({ dataFolder: config.data, libraries: null, accounts, ...options });
  readers.push(reader);
  return reader;
}

/** SQLite keeps one handle back for the next connection, so that closing it drops no lock of the writer's. */
const openFiles = () =>
  readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).includes(`/accounts/${accountId}/`);
    } catch {
      return false;
    }
  }).length;

test('nothing holds an answer once it was given', async () => {
  const reader = open();
  const answers = async () => {
    const given = await Promise.all(Array.from({ length: 10 }, () => reader.read(accountId, 'count', null)));
    return given.map((answer) => new WeakRef(answer));
  };
  const given = [...(await answers()), ...(await answers()), ...(await answers())];
  await until('a collection to take them', async () => {
    Bun.gc(true);
    // A few may still lie on a stack.
    return given.filter((answer) => answer.deref() !== undefined).length < 10;
  });
});

test('the database stays open in the thread between requests, and is let go of when nobody asks', async () => {
  const reader = open({ keptMs: 300 });
  expect(await reader.read(accountId, 'count', null)).toEqual(nothing);
  const kept = openFiles();
  await Promise.all(Array.from({ length: 5 }, () => reader.read(accountId, 'count', null)));
  expect(openFiles()).toBe(kept);
  await until('the thread to let go', async () => openFiles() < kept);
  expect(await reader.read(accountId, 'count', null)).toEqual(nothing);
});

test('an account is not closed while the thread has it open, and is after that', async () => {
  const { accounts } = install.services;
  const reader = open();
  await reader.read(accountId, 'count', null);
  install.clock.now += HALF_AN_HOUR;
  await accounts.closeIdle();
  expect(accounts.openNow()).toContain(accountId);
  await reader.stop();
  install.clock.now += HALF_AN_HOUR;
  await accounts.closeIdle();
  expect(accounts.openNow()).not.toContain(accountId);
});

test('between requests no transaction is open: the writer can empty its log', async () => {
  const reader = open();
  await install.services.accounts.use(accountId, async (inbox) => {
    await reader.read(accountId, 'count', null);
    await inbox.write('normal', [inbox.sql.update(members).set({ available: false })]);
    await reader.read(accountId, 'count', null);
    expect(inbox.rows('pragma wal_checkpoint(truncate)')).toEqual([[0, 0, 0]]);
  });
});

test('what takes too long fails, and the next job has a new thread', async () => {
  const reader = open();
  expect(await reader.read(accountId, 'count', null, 0).catch((error) => error)).toBeInstanceOf(Late);
  expect(await reader.read(accountId, 'count', null)).toEqual(nothing);
});

test('a job that fails says why, lets go of the database, and the next one works', async () => {
  const reader = open();
  await reader.read(accountId, 'count', null);
  const kept = openFiles();
  const failure = await reader.read(accountId, 'search', JSON.parse('{}')).catch(String);
  expect(failure).toStartWith('Error: search failed: ');
  expect(openFiles()).toBeLessThan(kept);
  expect(await reader.read(accountId, 'count', null)).toEqual(nothing);
});

test('one account cannot have more than its share waiting', async () => {
  const reader = open();
  const asked = Array.from({ length: 20 }, () => reader.read(accountId, 'count', null));
  const outcomes = await Promise.allSettled(asked);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(16);
  const refused = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  expect(refused.every((reason) => reason instanceof Busy)).toBe(true);
  expect(await reader.read(accountId, 'count', null)).toEqual(nothing);
});

test('a thread that died is replaced', async () => {
  const thread = startReaderThread(null);
  expect(await thread.ask(JSON.parse('null'))).toBeNull();
});

test('an account that cannot be opened fails by its own name', async () => {
  const { config, accounts } = install.services;
  const closed = {
    ...accounts,
    pin: async () => {
      throw new AccountUnavailable(accountId, 'for the test');
    },
  };
  const other = createReader({ dataFolder: config.data, libraries: null, accounts: closed });
  await expect(other.read(accountId, 'count', null)).rejects.toThrow(AccountUnavailable);
  await other.stop();
});

test('its connection sees what is written at once, and cannot write', async () => {
  const { config, accounts } = install.services;
  await accounts.use(accountId, async (inbox) => {
    const { rows, close } = openForReading(inboxPath(config.data, accountId), inbox.keys.database);
    expect(rows('select count(*) from members')).toEqual([[1]]);
    expect(() => rows('delete from members')).toThrow('readonly');
    close();
  });
});

test('with another key it reads nothing', () => {
  const path = inboxPath(install.services.config.data, accountId);
  expect(() => openForReading(path, '0'.repeat(64))).toThrow();
});
