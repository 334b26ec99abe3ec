import { afterAll, beforeAll, expect, test } from 'bun:test';
import { readdirSync, readlinkSync } from 'node:fs';
import { openTemporaryInstall, type TemporaryInstall } from '#src/accounts/temporary-install.ts';
import { AccountUnavailable } from '#src/errors.ts';
import { inboxPath } from '../inbox.ts';
import { openForReading } from './open-for-reading.ts';
import { createReader, type Reader } from './reader.ts';
import { startReaderThread } from './thread.ts';

let install: TemporaryInstall;
let reader: Reader;
let accountId: number;

beforeAll(async () => {
  install = await openTemporaryInstall();
  ({ accountId } = await install.createAdasAccount());
  const { config, accounts } = install.services;
  reader = createReader({ dataFolder: config.data, libraries: null, accounts });
});

afterAll(async () => {
  await reader.stop();
  await install.close();
});

const openFiles = () =>
  readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).includes(`/accounts/${accountId}/`);
    } catch {
      return false;
    }
  }).length;

test('the thread counts, and lets go of the database before it answers', async () => {
  expect(await reader.read(accountId, 'count')).toEqual({ conversations: 0, messages: 0 });
  const before = openFiles();
  expect(before).toBeGreaterThan(0);
  await Promise.all(Array.from({ length: 5 }, () => reader.read(accountId, 'count')));
  expect(openFiles()).toBe(before);
});

test('what takes too long fails, and the next job has a new thread', async () => {
  await expect(reader.read(accountId, 'count', 0)).rejects.toThrow('took longer than 0 ms');
  expect(await reader.read(accountId, 'count')).toEqual({ conversations: 0, messages: 0 });
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
  await expect(other.read(accountId, 'count')).rejects.toThrow(AccountUnavailable);
  await other.stop();
});

test('its connection sees what is written at once, and cannot write', async () => {
  const { config, accounts } = install.services;
  await accounts.use(accountId, async (inbox) => {
    const client = await openForReading(inboxPath(config.data, accountId), inbox.keys.database);
    const { rows } = await client.execute('select count(*) from members');
    expect(Number(rows[0]?.[0])).toBe(1);
    await expect(client.execute('delete from members')).rejects.toThrow('readonly');
    client.close();
  });
});

test('with another key it reads nothing', async () => {
  const path = inboxPath(install.services.config.data, accountId);
  await expect(openForReading(path, '0'.repeat(64))).rejects.toThrow();
});
