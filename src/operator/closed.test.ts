import { afterEach, beforeEach, expect, test } from 'bun:test';
import { rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createClient } from '@libsql/client';
import { openTemporaryInstall, type TemporaryInstall } from '#src/accounts/temporary-install.ts';
import { inboxPath } from '#src/db/inbox.ts';
import { readControlFigures } from '#src/ops/control-figures.ts';
import { expectErrorInLog } from '#src/testing/log.ts';
import { type Reason, readClosed } from './closed.ts';

let install: TemporaryInstall;
let ada: number;

beforeEach(async () => {
  install = await openTemporaryInstall();
  ({ accountId: ada } = await install.createAdasAccount());
});
afterEach(() => install.close());

const path = () => inboxPath(install.services.config.data, ada);
const forget = () => {
  for (const end of ['', '-wal', '-shm']) {
    rmSync(`${path()}${end}`, { force: true });
  }
};

test.each<[Reason, () => unknown]>([
  ['missing', forget],
  ['missing', () => truncateSync(path(), 0)],
  ['damaged', () => truncateSync(path(), 20 * 4096)],
  ['key', () => writeFileSync(path(), Buffer.alloc(8192, 3))],
  ['keyless', () => install.services.keyring.forget(String(ada))],
  [
    'plaintext',
    async () => {
      forget();
      const plain = createClient({ url: `file:${path()}` });
      await plain.execute('create table t (a text)');
      plain.close();
    },
  ],
])('a business whose database is %s is told apart when it cannot be opened', async (reason, spoil) => {
  expectErrorInLog(/an account cannot be opened/);
  const { accounts, control } = install.services;
  await accounts.closeAll();
  await spoil();
  await accounts.use(ada, async () => {}).catch(() => {});
  const { attention } = await readControlFigures(control);
  expect(attention.map(readClosed)).toMatchObject([{ id: ada, name: 'Mbare Market', reason }]);
});

test('so is one that a newer version has written', async () => {
  expectErrorInLog(/an account cannot be opened/);
  const { accounts, control } = install.services;
  await accounts.use(ada, async (inbox) => inbox.rows('pragma user_version = 99'));
  await accounts.closeAll();
  await accounts.use(ada, async () => {}).catch(() => {});
  const { attention } = await readControlFigures(control);
  expect(attention.map(readClosed)).toMatchObject([{ reason: 'newer' }]);
});

test.each<[string, Reason, string | null]>([
  ['account 7 cannot be opened: its key in /data/keyring.json is damaged: restore', 'broken-key', null],
  ['account 7 cannot be opened: its database is being checked, because the program', 'checking', null],
  ['account 7 cannot be opened: /data/inbox.db is damaged (reading all of it ended', 'damaged', null],
  ['account 7 cannot be opened: SQLITE_FULL: database or disk is full', 'full', 'SQLITE_FULL'],
  ['account 7 cannot be opened: The disk is too full for the copy of /data/inbox.db', 'full', null],
  [
    'account 7 cannot be opened: SQLITE_CORRUPT: database disk image is malformed',
    'damaged',
    'SQLITE_CORRUPT',
  ],
  ['account 7 cannot be opened: SQLITE_CANTOPEN: unable to open database file', 'handles', 'SQLITE_CANTOPEN'],
  ['account 7 cannot be opened: SQLITE_IOERR: disk I/O error', 'other', 'SQLITE_IOERR'],
  ['account 7 cannot be opened: something else', 'other', null],
])('%s is %s', (why, reason, code) => {
  expect(readClosed({ id: 7, name: 'Bakery', why })).toEqual({ id: 7, name: 'Bakery', reason, code });
});
