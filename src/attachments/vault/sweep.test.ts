import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import type { Inbox } from '#src/db/inbox.ts';
import { files } from '#src/db/schema/inbox/index.ts';
import { openTestStorage, type TestStorage } from '#src/testing/storage.ts';
import { type TestStore, testStores } from './testing-stores.ts';
import { createVault, type Vault } from './vault.ts';

const HOUR = 60 * 60_000;
const NOW = Date.now();

async function* some() {
  yield new Uint8Array(10);
}

describe.each(Object.entries(testStores))('%s', (_, openStore) => {
  let storage: TestStorage;
  let kept: TestStore;
  let inbox: Inbox;
  let vault: Vault;

  beforeAll(async () => {
    storage = await openTestStorage();
    inbox = await storage.inbox(1);
    kept = openStore(storage.folder);
    vault = createVault(kept.store);
  });
  afterAll(async () => {
    await kept.stop();
    await storage.close();
  });

  test('what no row names is removed after a day, and nothing else', async () => {
    const written = await Promise.all([1, 2, 3, 4].map((id) => vault.write(inbox, id, some(), 10)));
    const [named, orphan, young, other] = written.map(({ path }) => path) as [string, string, string, string];
    await inbox.write('full', [
      inbox.sql.insert(files).values({ id: 1, mime: 'image/jpeg', state: 'stored', path: named }),
      inbox.sql.insert(files).values({ id: 2, mime: 'image/jpeg', state: 'waiting' }),
    ]);
    kept.put(1, `${orphan}.new`, new Uint8Array(3));
    kept.put(1, `${named}.new`, new Uint8Array(3));
    for (const path of [named, orphan, other, `${named}.new`, `${orphan}.new`]) {
      kept.age(1, path, NOW - 25 * HOUR);
    }
    expect(await vault.sweep(inbox, NOW - 2 * HOUR)).toBe(0);
    expect(await vault.sweep(inbox, NOW, AbortSignal.abort())).toBe(0);
    expect(await vault.sweep(inbox, NOW)).toBe(4);
    expect(kept.paths(1).sort()).toEqual([named, young].sort());
    expect(await vault.sweep(inbox, NOW)).toBe(0);
  });

  test('an account without files is swept', async () => {
    expect(await vault.sweep(await storage.inbox(2), NOW)).toBe(0);
  });

  test('more files than are listed or looked up at once are all seen', async () => {
    const many = await storage.inbox(3);
    const paths: string[] = [];
    for (let id = 1; id <= 7; id += 1) {
      paths.push((await vault.write(many, id, some(), 10)).path);
    }
    const rows = Array.from({ length: 2_100 }, (_, index) => {
      const path = paths[index - 2_095] ?? `ff/${String(index).padStart(30, '0')}`;
      return many.sql.insert(files).values({ id: index + 1, mime: 'image/jpeg', state: 'stored', path });
    });
    await many.write('normal', rows);
    expect(await vault.sweep(many, NOW + 25 * HOUR)).toBe(2);
    expect(kept.paths(3).sort()).toEqual(paths.slice(0, 5).sort());
  });
});
