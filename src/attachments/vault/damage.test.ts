import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import type { Inbox } from '#src/db/inbox.ts';
import { DamagedFile } from '#src/errors.ts';
import { openTestStorage, type TestStorage } from '#src/testing/storage.ts';
import { CHUNK_BYTES, HEADER, SEALED_BYTES } from './chunk.ts';
import { type TestStore, testStores } from './testing-stores.ts';
import { createVault, type Kept, type Vault } from './vault.ts';

const lengths = fc.oneof(
  fc.constantFrom(0, 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES),
  fc.integer({ min: 0, max: 3 * CHUNK_BYTES }),
);

async function* once(plain: Uint8Array) {
  yield plain;
}

describe.each(Object.entries(testStores))('%s', (_, openStore) => {
  let storage: TestStorage;
  let kept: TestStore;
  let inbox: Inbox;
  let other: Inbox;
  let vault: Vault;

  beforeAll(async () => {
    storage = await openTestStorage();
    inbox = await storage.inbox(1);
    other = await storage.inbox(2);
    kept = openStore(storage.folder);
    vault = createVault(kept.store);
  });
  afterAll(async () => {
    await kept.stop();
    await storage.close();
  });

  const write = async (plain: Uint8Array, id = 5) => {
    const stored = await vault.write(inbox, id, once(plain), plain.length);
    return { id, ...stored };
  };

  /** Reads all that can be read: it must end as damaged, and all before that must be the file's own. */
  async function mustBeDamaged(plain: Uint8Array, file: Kept, reader = inbox): Promise<void> {
    const read: Uint8Array[] = [];
    let end: unknown = null;
    try {
      for await (const piece of vault.read(reader, file)) {
        read.push(piece);
      }
    } catch (error) {
      end = error;
    }
    expect(end).toBeInstanceOf(DamagedFile);
    const bytes = Buffer.concat(read);
    expect(bytes.equals(plain.subarray(0, bytes.length))).toBe(true);
  }

  test('every single flipped bit of a file is noticed', async () => {
    const plain = randomBytes(20);
    const file = await write(plain);
    const intact = Uint8Array.from(kept.bytesOf(1, file.path));
    for (let bit = 0; bit < intact.length * 8; bit += 1) {
      const damaged = intact.slice();
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      kept.put(1, file.path, damaged);
      await mustBeDamaged(plain, file);
    }
  });

  test('a flipped bit anywhere in a larger file is noticed', async () => {
    await fc.assert(
      fc.asyncProperty(lengths, fc.nat(), fc.nat({ max: 7 }), async (length, some, bit) => {
        const plain = randomBytes(length);
        const file = await write(plain);
        const damaged = Uint8Array.from(kept.bytesOf(1, file.path));
        const at = some % damaged.length;
        damaged[at] = (damaged[at] ?? 0) ^ (1 << bit);
        kept.put(1, file.path, damaged);
        await mustBeDamaged(plain, file);
      }),
      { numRuns: 40 },
    );
  });

  test('a file that was cut short, by whatever length, is noticed, and so is one with something behind it', async () => {
    await fc.assert(
      fc.asyncProperty(lengths, fc.nat(), async (length, some) => {
        const plain = randomBytes(length);
        const file = await write(plain);
        const intact = Uint8Array.from(kept.bytesOf(1, file.path));
        kept.put(1, file.path, intact.slice(0, some % intact.length));
        await mustBeDamaged(plain, file);
        kept.put(1, file.path, new Uint8Array(Buffer.concat([intact, randomBytes(1 + (some % 70_000))])));
        await mustBeDamaged(plain, file);
      }),
      { numRuns: 40 },
    );
  });

  test('whole chunks cut off are noticed even when the row has the shorter length', async () => {
    const plain = randomBytes(3 * CHUNK_BYTES);
    const file = await write(plain);
    const intact = Uint8Array.from(kept.bytesOf(1, file.path));
    for (const chunks of [1, 2]) {
      kept.put(1, file.path, intact.slice(0, HEADER.length + chunks * SEALED_BYTES));
      await mustBeDamaged(plain, { ...file, bytes: chunks * CHUNK_BYTES });
    }
  });

  test('chunks in another order, or one in place of another, are noticed', async () => {
    const plain = randomBytes(4 * CHUNK_BYTES);
    const file = await write(plain);
    const intact = Uint8Array.from(kept.bytesOf(1, file.path));
    const chunk = (number: number) => {
      const from = HEADER.length + number * SEALED_BYTES;
      return intact.subarray(from, from + SEALED_BYTES);
    };
    const orders = fc
      .array(fc.nat({ max: 3 }), { minLength: 4, maxLength: 4 })
      .filter((order) => order.join() !== '0,1,2,3');
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        kept.put(1, file.path, new Uint8Array(Buffer.concat([HEADER, ...order.map(chunk)])));
        await mustBeDamaged(plain, file);
      }),
      { numRuns: 40 },
    );
  });

  test('one file in place of another is noticed, even with its key', async () => {
    const plain = randomBytes(CHUNK_BYTES + 9);
    const [one, two] = [await write(plain, 5), await write(randomBytes(plain.length), 6)];
    await mustBeDamaged(plain, { ...one, path: two.path });
    await mustBeDamaged(plain, { ...one, path: two.path, wrappedKey: two.wrappedKey });
    await mustBeDamaged(plain, { ...one, wrappedKey: two.wrappedKey });
  });

  test('another account cannot read a file that was put into its folder', async () => {
    const plain = randomBytes(100);
    const file = await write(plain);
    kept.put(2, file.path, Uint8Array.from(kept.bytesOf(1, file.path)));
    await mustBeDamaged(plain, file, other);
  });

  test('a range away from the damage is read, and the damaged part is not', async () => {
    const plain = randomBytes(3 * CHUNK_BYTES);
    const file = await write(plain);
    const damaged = Uint8Array.from(kept.bytesOf(1, file.path));
    damaged[HEADER.length + SEALED_BYTES] = (damaged[HEADER.length + SEALED_BYTES] ?? 0) ^ 1;
    kept.put(1, file.path, damaged);
    for (const start of [0, 2 * CHUNK_BYTES]) {
      const range = { start, end: start + CHUNK_BYTES - 1 };
      const read = Buffer.concat(await Array.fromAsync(vault.read(inbox, file, range)));
      expect(read.equals(plain.subarray(range.start, range.end + 1))).toBe(true);
    }
    const middle = vault.read(inbox, file, { start: CHUNK_BYTES, end: CHUNK_BYTES });
    await expect(Array.fromAsync(middle)).rejects.toBeInstanceOf(DamagedFile);
  });
});
