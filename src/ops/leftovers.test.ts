import { afterEach, beforeEach, expect, test } from 'bun:test';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openTemporaryInstall, type TemporaryInstall } from '#src/accounts/temporary-install.ts';
import { makeFolder } from '#src/db/durable-file.ts';
import { accountFolder, inboxPath } from '#src/db/inbox.ts';
import { accounts } from '#src/db/schema/control.ts';
import { loggedLines } from '#src/testing/log.ts';
import { settleLeftovers } from './leftovers.ts';

let install: TemporaryInstall;
let ada: number;
let folder: string;

beforeEach(async () => {
  install = await openTemporaryInstall();
  ({ accountId: ada } = await install.createAdasAccount());
  folder = install.services.config.data;
});
afterEach(() => install.close());

const nothing = { unfinishedAccounts: 0, folders: 0, files: 0, sockets: 0 };
const settle = () => settleLeftovers(install.services);
const rows = async () => (await install.services.control.sql.select().from(accounts)).map(({ id }) => id);

/** The first step of making an account: its row, in which nobody can enter it yet. */
async function beginAccount(id: number, what: Partial<typeof accounts.$inferInsert> = {}): Promise<void> {
  const { control } = install.services;
  const row = { name: 'Half', businessName: 'Half', timeZone: 'UTC', stateAt: 0, createdAt: 0 };
  await control.write('full', [
    control.sql.insert(accounts).values({ id, ...row, state: 'erasing', ...what }),
  ]);
}

const makeKey = (id: number) => install.services.keyring.add(String(id));
const hasKey = (id: number) => install.services.keyring.has(String(id));

test('nothing lies around after a good end, and nothing is touched', async () => {
  expect(await settle()).toEqual(nothing);
  expect(await rows()).toEqual([ada]);
  expect(existsSync(inboxPath(folder, ada))).toBe(true);
});

test.each([
  ['its row', async () => {}],
  ['its key', async () => makeKey(7)],
  [
    'its folder, without a file in it',
    async () => {
      makeKey(7);
      makeFolder(accountFolder(folder, 7));
    },
  ],
  [
    'its database',
    async () => {
      await install.services.accounts.create(7);
      await install.services.accounts.closeAll();
    },
  ],
])('an account whose making ended after %s is gone, row, key and folder', async (_, next) => {
  await beginAccount(7);
  await next();
  expect(await settle()).toEqual({ ...nothing, unfinishedAccounts: 1 });
  expect(await rows()).toEqual([ada]);
  expect(hasKey(7)).toBe(false);
  expect(existsSync(accountFolder(folder, 7))).toBe(false);
  expect(await settle()).toEqual(nothing);
});

test('an erasure that ended after its key was destroyed goes on: the folder goes', async () => {
  await beginAccount(7, { cancelledAt: 1 });
  makeFolder(accountFolder(folder, 7));
  writeFileSync(inboxPath(folder, 7), 'nobody has the key');
  expect(await settle()).toEqual({ ...nothing, folders: 1 });
  expect(existsSync(accountFolder(folder, 7))).toBe(false);
  expect(await rows()).toEqual([7, ada].sort((one, other) => one - other));
});

test('a folder that neither a key nor an account speaks for is removed', async () => {
  makeFolder(accountFolder(folder, 7));
  expect(await settle()).toEqual({ ...nothing, folders: 1 });
});

test('what could still be wanted is left alone: an account in use without its key, a key without its account', async () => {
  await beginAccount(7, { state: 'active' });
  makeFolder(accountFolder(folder, 7));
  makeKey(8);
  makeFolder(accountFolder(folder, 8));
  makeKey(9);
  mkdirSync(join(folder, 'accounts', 'lost+found'));
  writeFileSync(join(folder, 'accounts', '10'), 'a file');
  expect(await settle()).toEqual(nothing);
  for (const name of ['7', '8', 'lost+found', '10']) {
    expect(existsSync(join(folder, 'accounts', name))).toBe(true);
  }
  expect([hasKey(8), hasKey(9)]).toEqual([true, true]);
  expect(loggedLines().filter((line) => line.includes('it was left alone'))).toHaveLength(1);
});

test('files that had not got their names yet are removed, and nothing else that looks like it', async () => {
  const unfinished = [
    'keyring.json.new',
    'root.key.new',
    'control.db.before-1.new',
    `accounts/${ada}/inbox.db.before-2.new`,
    `accounts/${ada}/inbox.db.before-2.new-journal`,
  ];
  const finished = ['notes.new', 'control.db.before-1', `accounts/${ada}/inbox.db.before-2`];
  for (const name of [...unfinished, ...finished]) {
    writeFileSync(join(folder, name), 'x');
  }
  expect(await settle()).toEqual({ ...nothing, files: unfinished.length });
  expect(unfinished.filter((name) => existsSync(join(folder, name)))).toEqual([]);
  expect(finished.filter((name) => !existsSync(join(folder, name)))).toEqual([]);
});

test('a socket that nobody listens at is removed', async () => {
  mkdirSync(join(folder, 'run'));
  writeFileSync(join(folder, 'run', 'cli.sock'), '');
  expect(await settle()).toEqual({ ...nothing, sockets: 1 });
  expect(existsSync(join(folder, 'run', 'cli.sock'))).toBe(false);
});
