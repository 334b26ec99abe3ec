import { expect, test } from 'bun:test';
import { DamagedFile } from '#src/errors.ts';
import { newFileKey, openChunk, type Place, sealChunk } from './chunk.ts';

test('a chunk opens in its own place alone, and with its own key', () => {
  const key = newFileKey();
  const place: Place = { fileId: 5, number: 3, isLast: false };
  const plain = Buffer.from('a chunk');
  const sealed = sealChunk(key, place, plain);
  expect(plain.equals(openChunk(key, place, sealed))).toBe(true);
  for (const elsewhere of [{ fileId: 6 }, { number: 4 }, { isLast: true }]) {
    expect(() => openChunk(key, { ...place, ...elsewhere }, sealed)).toThrow(DamagedFile);
  }
  expect(() => openChunk(newFileKey(), place, sealed)).toThrow(DamagedFile);
  expect(() => openChunk(key, place, sealed.subarray(0, 9))).toThrow(DamagedFile);
  expect(() => openChunk(key, place, new Uint8Array(0))).toThrow(DamagedFile);
});
