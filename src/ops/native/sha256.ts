import { readSync } from 'node:fs';

const PIECE_BYTES = 1024 * 1024;

/** The hash of an open file's whole content, in hex, without holding all of it. */
export function sha256Of(file: number): string {
  const hasher = new Bun.CryptoHasher('sha256');
  const piece = Buffer.allocUnsafe(PIECE_BYTES);
  let at = 0;
  for (;;) {
    const read = readSync(file, piece, 0, PIECE_BYTES, at);
    if (read === 0) {
      return hasher.digest('hex');
    }
    hasher.update(piece.subarray(0, read));
    at += read;
  }
}
