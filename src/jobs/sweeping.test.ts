import { afterEach, beforeEach, expect, test } from 'bun:test';
import { type TestStore, testStores } from '#src/attachments/vault/testing-stores.ts';
import { createVault } from '#src/attachments/vault/vault.ts';
import { openTestLog } from '#src/testing/log.ts';
import { openTestStorage, type TestStorage } from '#src/testing/storage.ts';
import { createSweeping, type Sweeping } from './sweeping.ts';

const DAY = 24 * 60 * 60_000;
const ORPHAN = `ab/${'cd'.repeat(15)}`;

let storage: TestStorage;
let files: TestStore;
let sweeping: Sweeping;
let openNow: number[];
let clock: number;

beforeEach(async () => {
  storage = await openTestStorage();
  files = testStores['in the data folder'](storage.folder);
  clock = Date.now();
  openNow = [1];
  const inbox = await storage.inbox(1);
  sweeping = createSweeping({
    accounts: { openNow: () => openNow, use: (_, work) => work(inbox) },
    vault: createVault(files.store),
    now: () => clock,
    log: openTestLog(),
  });
});
afterEach(() => storage.close());

function leaveOrphan(): void {
  files.put(1, ORPHAN, new Uint8Array(3));
  files.age(1, ORPHAN, 0);
}

test('an account is swept once a day, however often it is due', async () => {
  leaveOrphan();
  sweeping.due(1);
  await sweeping.idle();
  expect(files.paths(1)).toEqual([]);

  leaveOrphan();
  clock += DAY - 1;
  sweeping.due(1);
  await sweeping.idle();
  expect(files.paths(1)).toEqual([ORPHAN]);
  clock += 1;
  sweeping.due(1);
  await sweeping.idle();
  expect(files.paths(1)).toEqual([]);
});

test('an account that was closed meanwhile is not opened for it', async () => {
  leaveOrphan();
  sweeping.due(1);
  openNow = [];
  await sweeping.idle();
  expect(files.paths(1)).toEqual([ORPHAN]);
});

test('nothing is swept any more once the program ends', async () => {
  leaveOrphan();
  await sweeping.stop();
  sweeping.due(1);
  await sweeping.idle();
  expect(files.paths(1)).toEqual([ORPHAN]);
});
