import { DamagedFile } from '#src/errors.ts';
import { CHUNK_BYTES, chunksIn, HEADER, openChunk, SEALED_BYTES, sealedLength } from './chunk.ts';
import { cutting } from './cutting.ts';
import { letGoOfUsed } from './used-up.ts';

export type Range = { start: number; end: number };

type Source = {
  fileId: number;
  /** Of the plain file. */
  bytes: number;
  /** Sealed bytes from `from` up to, not including, `to`: fewer where the file is shorter. */
  read(from: number, to: number): AsyncIterable<Uint8Array>;
};

/**
 * The plain bytes of a sealed file from `start` to `end` inclusive, chunk by chunk; only the chunks they lie in are
 * read. Throws `DamagedFile` in place of the first chunk that is not as it was written: all that came before is.
 */
export async function* opened(
  fileKey: Uint8Array,
  { fileId, bytes, read }: Source,
  { start, end }: Range = { start: 0, end: bytes - 1 },
): AsyncGenerator<Uint8Array, void, void> {
  const lastOfFile = chunksIn(bytes) - 1;
  const first = Math.floor(start / CHUNK_BYTES);
  const last = Math.max(first, Math.floor(end / CHUNK_BYTES));
  const from = first === 0 ? 0 : HEADER.length + first * SEALED_BYTES;
  // One byte beyond the end of the file: what was put behind it is noticed.
  const to = last === lastOfFile ? sealedLength(bytes) + 1 : HEADER.length + (last + 1) * SEALED_BYTES;
  const pieces = cutting(read(from, to));
  try {
    if (first === 0 && !HEADER.equals(await pieces.next(HEADER.length))) {
      throw new DamagedFile(`file ${fileId} does not begin as one of ours`);
    }
    for (let number = first; number <= last; number += 1) {
      const isLast = number === lastOfFile;
      // Of the last chunk all that is left is taken, so that it does not fit if that is more.
      const chunk = await pieces.next(isLast ? SEALED_BYTES + 1 : SEALED_BYTES);
      const plain = openChunk(fileKey, { fileId, number, isLast }, chunk);
      const at = number * CHUNK_BYTES;
      const wanted = plain.subarray(Math.max(0, start - at), end + 1 - at);
      if (wanted.length > 0) {
        yield wanted;
      }
      letGoOfUsed(number - first);
    }
  } finally {
    await pieces.stop();
  }
}
