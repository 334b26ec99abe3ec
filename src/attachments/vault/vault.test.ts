import { afterAll, beforeAll, expect, test } from 'bun:test';
import { createHash } from 'node:crypto';
import type { Inbox } from '#src/db/inbox.ts';
import { openTestStorage, type TestStorage } from '#src/testing/storage.ts';
import { createLocalStore } from './local-store.ts';
import { createVault, type Vault } from './vault.ts';

let storage: TestStorage;
let inbox: Inbox;
let vault: Vault;

beforeAll(async () => {
  storage = await openTestStorage();
  inbox = await storage.inbox(1);
  vault = createVault(createLocalStore(storage.folder));
});

afterAll(() => storage.close());

async function* once(...pieces: Uint8Array[]) {
  yield* pieces;
}

test('a file comes back as it was, whole and in parts', async () => {
  const plain = new Uint8Array(200_000).map((_, index) => index * 7 + (index >> 8));
  const stored = await vault.write(inbox, 5, once(plain.subarray(0, 1), plain.subarray(1)), 1e6);
  expect(stored.bytes).toBe(200_000);
  expect(stored.sha256).toBe(createHash('sha256').update(plain).digest('hex'));
  expect(stored.head).toEqual(Buffer.from(plain.subarray(0, 4_100)));
  expect(Buffer.concat(await Array.fromAsync(vault.read(inbox, { id: 5, ...stored })))).toEqual(
    Buffer.from(plain),
  );
  expect(
    Buffer.concat(
      await Array.fromAsync(vault.read(inbox, { id: 5, ...stored }, { start: 65_535, end: 131_072 })),
    ),
  ).toEqual(Buffer.from(plain.subarray(65_535, 131_073)));
});
