import { afterEach, beforeEach, expect, test } from 'bun:test';
import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createOpenAccounts, type OpenAccounts } from '#src/accounts/open-accounts.ts';
import { createLocalStore } from '#src/attachments/vault/local-store.ts';
import { createS3Store } from '#src/attachments/vault/s3-store.ts';
import { createVault } from '#src/attachments/vault/vault.ts';
import { NOON, seedConversation, seedNumber } from '#src/conversations/testing.ts';
import { accountFolder, type Inbox } from '#src/db/inbox.ts';
import { accounts as accountRows, metaApps, parkedChanges, wakeups } from '#src/db/schema/control.ts';
import { journal, messages, numbers, outbox } from '#src/db/schema/inbox/index.ts';
import { AccountUnavailable } from '#src/errors.ts';
import { queueReceipt } from '#src/messages/receipt.ts';
import { expectErrorInLog, loggedLines, openTestLog } from '#src/testing/log.ts';
import { openTestStorage, type TestStorage } from '#src/testing/storage.ts';
import { until } from '#src/testing/until.ts';
import { JOURNAL_KEPT_MS } from '#src/webhooks/purge.ts';
import { createScheduler } from './scheduler.ts';
import { noteClosing } from './wakeups.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
let clock = { now: NOON };
let storage: TestStorage;
let accounts: OpenAccounts;
let poked: number[];
const now = () => clock.now;

const process = () => {
  const { folder, control, keyring, ids } = storage;
  const recover = async () => {};
  const leave = (inbox: Inbox) => noteClosing(storage.control, inbox, now());
  const log = openTestLog();
  accounts = createOpenAccounts({
    dataFolder: folder,
    limit: 8,
    control,
    keyring,
    ids,
    log,
    now,
    recover,
    leave,
  });
};
const scheduler = () => {
  const delivery = { poke: (accountId: number) => void poked.push(accountId) };
  const fetching = { poke() {} };
  const templates = { poke() {} };
  const vault = createVault(createLocalStore(storage.folder));
  const log = openTestLog();
  return createScheduler({
    control: storage.control,
    accounts,
    vault,
    delivery,
    fetching,
    templates,
    now,
    log,
  });
};

beforeEach(async () => {
  clock = { now: NOON };
  poked = [];
  storage = await openTestStorage(now);
  process();
  for (const id of [1, 2]) {
    const { control } = storage;
    const shop = { name: `Shop ${id}`, businessName: '', timeZone: 'UTC', createdAt: NOON };
    await control.write('full', [
      control.sql.insert(accountRows).values({ id, ...shop, state: 'active', stateAt: NOON }),
    ]);
    await accounts.create(id);
  }
});
afterEach(async () => {
  await accounts.closeAll();
  await storage.close();
});

/** Closes everything: in good order, or as a crash does. */
async function restart({ orderly }: { orderly: boolean }): Promise<void> {
  await accounts.closeAll();
  if (!orderly) {
    const { control } = storage;
    await control.write('full', [control.sql.update(accountRows).set({ openSince: NOON })]);
  }
  process();
}

const write = (id: number, statements: (inbox: Inbox) => Parameters<Inbox['write']>[1]) =>
  accounts.use(id, (inbox) => inbox.write('full', statements(inbox)).then(() => undefined));

const queued = (notBefore: number) => (inbox: Inbox) => [
  seedNumber(inbox),
  ...seedConversation(inbox, 7),
  inbox.sql.insert(outbox).values({
    id: 700,
    messageId: 700,
    numberId: 21,
    conversationId: 7,
    lane: 'interactive',
    state: 'queued',
    attempt: 1,
    notBefore,
  }),
];

test('after a crash every account that was open is looked at', async () => {
  await restart({ orderly: false });
  const started = scheduler();
  await started.start();
  await started.stop();

  expect(poked.sort()).toEqual([1, 2]);
});

test('after closing in good order only what is due is opened', async () => {
  await write(1, queued(NOON + DAY));
  await restart({ orderly: true });
  await scheduler().tick();
  expect(accounts.openNow()).toEqual([]);

  clock.now += DAY;
  await scheduler().tick();
  expect(accounts.openNow()).toEqual([1]);
  expect(poked).toEqual([1]);
});

test('what falls due before the next look is opened in time', async () => {
  await write(1, queued(NOON + MINUTE / 2));
  await restart({ orderly: true });
  await scheduler().tick();
  expect(poked).toEqual([1]);
});

test('a clock that is set back between two servers makes nobody wait longer', async () => {
  const { control } = storage;
  await control.write('full', [
    control.sql.insert(metaApps).values({
      id: 1,
      pathKey: 'key',
      secret: new Uint8Array(1),
      verifyTokenHash: '',
      createdAt: NOON,
      signedAt: NOON,
    }),
  ]);
  await write(1, queued(NOON + 2 * MINUTE));
  await restart({ orderly: true });
  clock.now -= 2 * DAY;
  await scheduler().tick();
  expect(accounts.openNow()).toEqual([]);

  clock.now += 2 * MINUTE;
  await scheduler().tick();
  expect(poked).toEqual([1]);
});

test('a clock that is set back while the server runs makes nobody wait longer', async () => {
  await write(1, queued(NOON + 2 * MINUTE));
  await restart({ orderly: true });
  const running = scheduler();
  await running.tick();
  clock.now -= 2 * DAY;
  await running.tick();
  clock.now += 2 * MINUTE;
  await running.tick();
  expect(poked).toEqual([1]);
});

test('an account with nothing to do has no wake-up', async () => {
  await restart({ orderly: true });

  expect(await storage.control.sql.select().from(wakeups)).toEqual([]);
});

test('what Meta forbids to send at present does not keep its account awake until the restriction ends', async () => {
  await write(1, (inbox) => [
    ...queued(NOON)(inbox),
    inbox.sql.update(messages).set({ type: 'template' }),
    inbox.sql.update(numbers).set({ startsForbiddenUntil: NOON + DAY }),
  ]);
  await restart({ orderly: true });

  expect(await storage.control.sql.select().from(wakeups)).toEqual([{ accountId: 1, dueAt: NOON + DAY }]);
});

test('a read receipt of a paused number does not keep its account awake', async () => {
  await write(1, (inbox) => [
    seedNumber(inbox),
    ...seedConversation(inbox, 7),
    queueReceipt(inbox, 7, 700, NOON),
    inbox.sql.update(numbers).set({ state: 'paused', pausedFor: 'token' }),
  ]);
  await restart({ orderly: true });
  expect(await storage.control.sql.select().from(wakeups)).toEqual([]);

  await write(1, (inbox) => [inbox.sql.update(numbers).set({ state: 'live', pausedFor: null })]);
  await restart({ orderly: true });
  expect(await storage.control.sql.select().from(wakeups)).toEqual([{ accountId: 1, dueAt: NOON }]);
});

test('a change that was not understood yet is due at once', async () => {
  const row = { appId: 1, field: 'messages', entryId: '1', raw: new Uint8Array(1), digest: 'd' };
  await write(1, (inbox) => [
    inbox.sql.insert(journal).values({ id: 1, ...row, receivedAt: NOON, state: 'pending' }),
  ]);
  await restart({ orderly: true });

  expect(await storage.control.sql.select().from(wakeups)).toEqual([{ accountId: 1, dueAt: NOON }]);
});

test('an account is woken to let go of its journal', async () => {
  const row = { appId: 1, field: 'messages', entryId: '1', raw: new Uint8Array(1), digest: 'd' };
  await write(1, (inbox) => [
    inbox.sql.insert(journal).values({ id: 1, ...row, receivedAt: NOON, state: 'done', doneAt: NOON }),
  ]);
  await restart({ orderly: true });
  clock.now += JOURNAL_KEPT_MS + 1;
  await scheduler().tick();

  expect(await accounts.use(1, ({ sql: db }) => db.select().from(journal))).toEqual([]);
});

test('an account for which changes were parked is tried until it can be opened', async () => {
  const { control } = storage;
  const row = { appId: 1, field: 'messages', entryId: '1', digest: 'd', raw: new Uint8Array(1) };
  await restart({ orderly: true });
  await control.write('full', [
    control.sql.insert(parkedChanges).values({ id: 1, accountId: 2, ...row, receivedAt: NOON }),
  ]);
  await scheduler().tick();

  expect(accounts.openNow()).toEqual([2]);
});

test('an account that cannot be opened does not hold up the next', async () => {
  await write(1, queued(NOON));
  await write(2, queued(NOON));
  await restart({ orderly: true });
  const { use } = accounts;
  accounts.use = (id, work) => (id === 1 ? Promise.reject(new AccountUnavailable(1, 'test')) : use(id, work));
  await scheduler().tick();

  expect(poked).toEqual([2]);
});

test('an open account is not looked at every minute', async () => {
  await accounts.use(1, async () => {});
  const watch = scheduler();
  await watch.tick();
  expect(poked).toContain(1);
  poked = [];
  clock.now += 60_000;
  await watch.tick();

  expect(poked).toEqual([]);
});

test('what nothing names among the files of an open account is removed', async () => {
  const folder = join(accountFolder(storage.folder, 1), 'media/ab');
  const orphan = join(folder, 'cd'.repeat(15));
  mkdirSync(folder, { recursive: true });
  writeFileSync(orphan, '');
  utimesSync(orphan, 0, 0);
  const watch = scheduler();
  await watch.tick();
  await until('the file to be gone', async () => !existsSync(orphan));
  await watch.stop();
});

test('a bucket that cannot be reached holds nobody up', async () => {
  expectErrorInLog(/could not be swept/);
  const { control } = storage;
  const delivery = { poke: (accountId: number) => void poked.push(accountId) };
  const bucket = { bucket: 'gone', region: 'us-east-1', accessKeyId: 'a', secretAccessKey: 'b' };
  const vault = createVault(createS3Store({ ...bucket, endpoint: 'http://127.0.0.1:1' }));
  const fetching = { poke() {} };
  const templates = { poke() {} };
  const log = openTestLog();
  const started = createScheduler({ control, accounts, vault, delivery, fetching, templates, now, log });
  await started.tick();
  expect(poked.sort()).toEqual([1, 2]);
  await until('it to be said', async () => loggedLines().some((line) => line.includes('could not be swept')));
  await started.stop();
});
