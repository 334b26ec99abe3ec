import { CHUNK_BYTES, HEADER, sealChunk } from './chunk.ts';
import { letGoOfUsed } from './used-up.ts';

/** A file as it lies on the disk, made from its plain bytes however they are cut. Holds one chunk at a time. */
export async function* sealed(
  fileKey: Uint8Array,
  fileId: number,
  plain: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, void> {
  const chunk = Buffer.alloc(CHUNK_BYTES);
  let filled = 0;
  let number = 0;
  yield HEADER;
  for await (const piece of plain) {
    for (let taken = 0; taken < piece.length; ) {
      // A full chunk waits for the byte behind it: only then is it known not to be the last one.
      if (filled === CHUNK_BYTES) {
        yield sealChunk(fileKey, { fileId, number, isLast: false }, chunk);
        letGoOfUsed(number);
        number += 1;
        filled = 0;
      }
      const part = piece.subarray(taken, taken + CHUNK_BYTES - filled);
      chunk.set(part, filled);
      filled += part.length;
      taken += part.length;
    }
  }
  yield sealChunk(fileKey, { fileId, number, isLast: true }, chunk.subarray(0, filled));
}
