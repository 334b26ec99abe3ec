import { expect, test } from 'bun:test';
import fc from 'fast-check';
import { type Frame, readFrames, writeFrame } from './frame.ts';

const kinds = ['shrink', 'ready', 'done', 'refused', 'unusable'] as const;
const frames = fc.array(
  fc.record({ kind: fc.constantFrom(...kinds), payload: fc.uint8Array({ maxLength: 40 }) }),
);

async function read(chunks: readonly Uint8Array[], most: number): Promise<Frame[]> {
  async function* stream() {
    yield* chunks;
  }
  return await Array.fromAsync(readFrames(stream(), most), ({ kind, payload }) => ({
    kind,
    payload: new Uint8Array(payload),
  }));
}

test('frames are the same however the stream is cut', async () => {
  await fc.assert(
    fc.asyncProperty(frames, fc.integer({ min: 1, max: 60 }), async (written, size) => {
      const bytes = Buffer.concat(written.map(writeFrame));
      const chunks = [];
      for (let at = 0; at < bytes.length; at += size) {
        chunks.push(bytes.subarray(at, at + size));
      }
      expect(await read(chunks, 40)).toEqual(written);
    }),
  );
});

test('a frame that announces too much, or an unknown kind, is refused', async () => {
  const frame = writeFrame({ kind: 'done', payload: new Uint8Array(11) });
  await expect(read([frame], 10)).rejects.toThrow('a frame of 11 bytes');
  await expect(read([new Uint8Array([9, 0, 0, 0, 0])], 10)).rejects.toThrow('unknown kind');
});

test('a stream that ends in the middle of a frame gives what was whole', async () => {
  const frame = writeFrame({ kind: 'done', payload: new Uint8Array(3) });
  expect(await read([frame, frame.subarray(0, 6)], 10)).toHaveLength(1);
});
