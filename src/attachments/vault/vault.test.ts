import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { HEAD_BYTES } from '#src/attachments/kind.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { FileTooLarge, MissingFile } from '#src/errors.ts';
import { openTestStorage, type TestStorage } from '#src/testing/storage.ts';
import { until } from '#src/testing/until.ts';
import { CHUNK_BYTES } from './chunk.ts';
import { type TestStore, testStores } from './testing-stores.ts';
import { createVault, type Vault } from './vault.ts';

const MEGABYTE = 1024 * 1024;
/** Any length, and above all those around the borders of chunks. */
const lengths = fc.oneof(
  fc.constantFrom(0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES, 3 * CHUNK_BYTES + 1),
  fc.integer({ min: 0, max: 4 * CHUNK_BYTES }),
);

async function* cut(plain: Uint8Array, sizes: readonly number[]) {
  let at = 0;
  for (const size of sizes) {
    yield plain.subarray(at, at + size);
    at += size;
  }
  yield plain.subarray(Math.min(at, plain.length));
}

const whole = async (pieces: AsyncIterable<Uint8Array>) => Buffer.concat(await Array.fromAsync(pieces));
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

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

  test('a file of any length, however it came, is given back as it was, and every range of it', async () => {
    const sizes = fc.array(fc.nat({ max: 90_000 }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(lengths, sizes, fc.nat(), fc.nat(), async (length, pieces, some, more) => {
        const plain = randomBytes(length);
        const stored = await vault.write(inbox, 5, cut(plain, pieces), length);
        expect(stored).toMatchObject({ bytes: length, sha256: sha256(plain) });
        expect(plain.subarray(0, HEAD_BYTES).equals(stored.head)).toBe(true);
        const file = { id: 5, ...stored };
        expect(plain.equals(await whole(vault.read(inbox, file)))).toBe(true);
        if (length > 0) {
          const start = some % length;
          const end = start + (more % (length - start));
          const slice = plain.subarray(start, end + 1);
          expect(slice.equals(await whole(vault.read(inbox, file, { start, end })))).toBe(true);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('a large file is sent on in parts and comes back whole', async () => {
    const plain = randomBytes(11 * MEGABYTE + 7);
    const stored = await vault.write(inbox, 5, cut(plain, [1, 3 * MEGABYTE, 65_536]), plain.length);
    expect(plain.equals(await whole(vault.read(inbox, { id: 5, ...stored })))).toBe(true);
  });

  test('what is kept has a random path and nothing of the file in it', async () => {
    const marker = 'MARKER-7f3a-of-a-contract';
    const stored = await vault.write(inbox, 6, cut(Buffer.from(marker.repeat(9_000)), []), MEGABYTE);
    expect(stored.path).toMatch(/^[0-9a-f]{2}\/[0-9a-f]{30}$/);
    const bytes = Buffer.from(kept.bytesOf(1, stored.path));
    expect(bytes.includes(marker)).toBe(false);
    expect(bytes.includes('MARKER')).toBe(false);
    const again = await vault.write(inbox, 6, cut(Buffer.from(marker.repeat(9_000)), []), MEGABYTE);
    expect(again.path).not.toBe(stored.path);
    expect(bytes.equals(kept.bytesOf(1, again.path))).toBe(false);
  });

  test('a file beyond the cap, or one that breaks off, leaves nothing behind', async () => {
    const other = await storage.inbox(20);
    const refusal = vault.write(other, 7, cut(randomBytes(9 * MEGABYTE), [8 * MEGABYTE]), 9 * MEGABYTE - 1);
    expect(await refusal.catch((error: unknown) => error)).toBeInstanceOf(FileTooLarge);
    const trouble = new Error('the customer hung up');
    const broken = async function* () {
      yield randomBytes(7 * MEGABYTE);
      throw trouble;
    };
    expect(await vault.write(other, 7, broken(), 9 * MEGABYTE).catch((error: unknown) => error)).toBe(
      trouble,
    );
    // A bucket is told to forget the parts after the refusal was answered.
    await until('nothing to be left', async () => kept.paths(20).length === 0);
  });

  test('whoever reads only the beginning lets go of the rest', async () => {
    const stored = await vault.write(inbox, 8, cut(randomBytes(MEGABYTE), []), MEGABYTE);
    for await (const piece of vault.read(inbox, { id: 8, ...stored })) {
      expect(piece.length).toBe(CHUNK_BYTES);
      break;
    }
    await vault.remove(inbox, stored.path);
    expect(kept.paths(1)).not.toContain(stored.path);
  });

  test('a file that was removed, or never there, is missing', async () => {
    const stored = await vault.write(inbox, 9, cut(randomBytes(10), []), 10);
    await vault.remove(inbox, stored.path);
    await vault.remove(inbox, stored.path);
    await expect(whole(vault.read(inbox, { id: 9, ...stored }))).rejects.toBeInstanceOf(MissingFile);
    const elsewhere = { id: 9, ...stored, path: '../../2/media/ab/cd' };
    await expect(whole(vault.read(inbox, elsewhere))).rejects.toBeInstanceOf(MissingFile);
  });

  test('a range that the file does not have is refused', async () => {
    const file = { id: 9, ...(await vault.write(inbox, 9, cut(randomBytes(10), []), 10)) };
    for (const range of [
      { start: 0, end: 10 },
      { start: -1, end: 3 },
      { start: 4, end: 3 },
    ]) {
      await expect(whole(vault.read(inbox, file, range))).rejects.toBeInstanceOf(RangeError);
    }
  });

  test('removing an account takes its files and nobody else’s', async () => {
    const going = await storage.inbox(30);
    const staying = await storage.inbox(3);
    for (let id = 0; id < 5; id += 1) {
      await vault.write(going, id, cut(randomBytes(10), []), 10);
    }
    const { path } = await vault.write(staying, 1, cut(randomBytes(10), []), 10);
    await vault.removeAccount(30);
    await vault.removeAccount(30);
    expect(kept.paths(30)).toEqual([]);
    expect(kept.paths(3)).toEqual([path]);
  });
});
