import { afterEach, expect, test } from 'bun:test';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createIds } from '#src/db/ids.ts';
import { accountFolder, openInbox } from '#src/db/inbox.ts';
import { openKeyring } from '#src/db/keyring.ts';
import { files } from '#src/db/schema/inbox/index.ts';
import { StorageFull } from '#src/errors.ts';
import { mayMount, mountSmallDisk } from '#src/testing/faults/small-disk.ts';
import { canTrace } from '#src/testing/faults/sync-trace.ts';
import { temporaryFolder } from '#src/testing/folders.ts';
import { openTestLog } from '#src/testing/log.ts';
import { openTestStorage } from '#src/testing/storage.ts';
import { createLocalStore } from './local-store.ts';
import { testStores } from './testing-stores.ts';
import { createVault } from './vault.ts';

const DAY = 24 * 60 * 60_000;
const MEGABYTE = 1024 * 1024;

const writer = (...given: string[]) => [
  process.execPath,
  join(import.meta.dir, 'testing-writer.ts'),
  ...given,
];

const afterwards: (() => unknown)[] = [];
afterEach(async () => {
  for (const undo of afterwards.splice(0)) {
    await undo();
  }
});

async function* pieces(...given: Uint8Array[]) {
  yield* given;
}

test('killed in the middle of a write, it leaves no row and no file, and what it leaves is swept', async () => {
  const child = Bun.spawn(writer('break-off'), { stdout: 'pipe' });
  const { value } = await child.stdout.getReader().read();
  const { folder } = JSON.parse(new TextDecoder().decode(value));
  child.kill('SIGKILL');
  await child.exited;

  const keyring = openKeyring(folder, new Uint8Array(32).fill(7));
  const inbox = await openInbox(folder, 1, keyring, createIds(Date.now), openTestLog());
  afterwards.push(
    () => inbox.close(),
    () => rmSync(folder, { recursive: true }),
  );
  const left = testStores['in the data folder'](folder);
  expect(left.paths(1)).toEqual([expect.stringMatching(/^[0-9a-f]{2}\/[0-9a-f]{30}\.new$/)]);
  expect(await inbox.sql.select().from(files)).toEqual([]);
  const vault = createVault(createLocalStore(folder));
  expect(await vault.sweep(inbox, Date.now())).toBe(0);
  expect(await vault.sweep(inbox, Date.now() + DAY + 1)).toBe(1);
  expect(left.paths(1)).toEqual([]);
});

test.skipIf(!canTrace())(
  'a file is on the disk before it has its name, and its name before anybody is told',
  () => {
    const folder = temporaryFolder();
    const log = join(folder, 'trace');
    const trace = [
      'strace',
      '-f',
      '-y',
      '-e',
      'trace=write,writev,pwrite64,sendto,sendmsg,fsync,rename,renameat,renameat2',
      '-o',
      log,
    ];
    mkdirSync(accountFolder(folder, 1), { recursive: true });
    const child = Bun.spawnSync([...trace, ...writer('write-one', folder)]);
    expect(child.exitCode).toBe(0);

    const lines = readFileSync(log, 'utf8').split('\n');
    const file = join(accountFolder(folder, 1), 'media/ab/cd');
    const position = (what: RegExp) => lines.findIndex((line) => what.test(line));
    const order = [
      lines.findLastIndex((line) => new RegExp(`write(64)?\\(\\d+<${file}\\.new>`).test(line)),
      position(new RegExp(`fsync\\(\\d+<${file}\\.new>`)),
      position(new RegExp(`rename.*"${file}\\.new".*"${file}"`)),
      lines.findLastIndex((line) => line.includes(`<${join(file, '..')}>`) && line.includes('fsync(')),
      position(/kept/),
    ];
    expect(order).not.toContain(-1);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  },
);

test.skipIf(!mayMount)('on a full disk nothing is kept of a file, and that is said', async () => {
  const disk = mountSmallDisk(4);
  afterwards.push(disk.unmount);
  const store = createLocalStore(disk.folder);
  await store.put(1, 'ab/cd', pieces(new Uint8Array(MEGABYTE)));
  const refused = store.put(1, 'ab/ef', pieces(new Uint8Array(MEGABYTE), new Uint8Array(3 * MEGABYTE)));
  await expect(refused).rejects.toBeInstanceOf(StorageFull);
  expect(await Array.fromAsync(store.list(1))).toEqual(['ab/cd']);
});

test.skipIf(!mayMount)(
  'files leave room on the disk for what is written, and are kept again once there is more',
  async () => {
    const disk = mountSmallDisk(32);
    afterwards.push(disk.unmount);
    const store = createLocalStore(disk.folder);
    await store.put(1, 'ab/cd', pieces(new Uint8Array(MEGABYTE)));
    let least = Number.POSITIVE_INFINITY;
    async function* endless() {
      for (;;) {
        const { bavail, bsize } = statfsSync(disk.folder);
        least = Math.min(least, bavail * bsize);
        yield new Uint8Array(64 * 1024);
      }
    }
    await expect(store.put(1, 'ab/ef', endless())).rejects.toBeInstanceOf(StorageFull);
    expect(least).toBeGreaterThan(MEGABYTE / 2);

    disk.fill();
    disk.giveBack(MEGABYTE);
    const small = () => store.put(1, 'ab/01', pieces(new Uint8Array(1024)));
    await expect(small()).rejects.toBeInstanceOf(StorageFull);
    disk.giveBack(MEGABYTE);
    await small();
    expect((await Array.fromAsync(store.list(1))).sort()).toEqual(['ab/01', 'ab/cd']);
  },
);

test('nobody but the owner may read a file, and nothing of it is found anywhere in the data folder', async () => {
  const storage = await openTestStorage();
  afterwards.push(storage.close);
  const inbox = await storage.inbox(1);
  const vault = createVault(createLocalStore(storage.folder));
  const marker = 'MARKER-4d0b-of-an-invoice';
  const plain = Buffer.from(marker.repeat(20_000));
  const { path, wrappedKey, bytes, sha256 } = await vault.write(inbox, 5, pieces(plain), plain.length);
  const row = { id: 5, mime: 'application/pdf', state: 'stored', path, wrappedKey, bytes, sha256 } as const;
  await inbox.write('full', [inbox.sql.insert(files).values(row)]);

  const names = readdirSync(storage.folder, { recursive: true, encoding: 'utf8' });
  const found = names.map((name) => join(storage.folder, name)).filter((name) => statSync(name).isFile());
  expect(found.length).toBeGreaterThan(3);
  expect(found.filter((name) => readFileSync(name).includes(marker.slice(0, 11)))).toEqual([]);
  const file = join(accountFolder(storage.folder, 1), 'media', path);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(join(file, '..')).mode & 0o777).toBe(0o700);
  expect(existsSync(`${file}.new`)).toBe(false);
});

test('a hundred megabytes go in and out in a few megabytes of memory', async () => {
  const child = Bun.spawn(writer('weigh'), { stdout: 'pipe' });
  const { extra } = await new Response(child.stdout).json();
  expect(await child.exited).toBe(0);
  expect(extra).toBeLessThan(24 * MEGABYTE);
});
