import { createHash } from 'node:crypto';
import { createTimer, type Track } from '#src/attachments/duration.ts';
import { HEAD_BYTES } from '#src/attachments/kind.ts';
import { FileTooLarge } from '#src/errors.ts';

export type Measured = {
  bytes: number;
  /** Lower-case hex. */
  sha256: string;
  /** The first `HEAD_BYTES`, or all of a shorter file. */
  head: Uint8Array;
  /** Milliseconds that it plays, as it says itself; null when it does not, or is nothing that plays. */
  duration: number | null;
  /** What plays in it, of an MP4; null when that cannot be read. */
  tracks: Track[] | null;
};

/** Passes a file on and takes its measure meanwhile. Throws `FileTooLarge` at the first byte beyond `most`. */
export function measuring(plain: AsyncIterable<Uint8Array>, most: number) {
  const hash = createHash('sha256');
  const head = Buffer.alloc(HEAD_BYTES);
  const timer = createTimer();
  let bytes = 0;

  async function* pass(): AsyncGenerator<Uint8Array, void, void> {
    for await (const piece of plain) {
      if (bytes + piece.length > most) {
        throw new FileTooLarge(most);
      }
      if (bytes < HEAD_BYTES) {
        head.set(piece.subarray(0, HEAD_BYTES - bytes), bytes);
      }
      hash.update(piece);
      timer.take(piece);
      bytes += piece.length;
      yield piece;
    }
  }

  return {
    plain: pass(),
    /** Once it has passed. */
    taken: (): Measured => ({
      bytes,
      sha256: hash.digest('hex'),
      head: head.subarray(0, bytes),
      duration: timer.duration(),
      tracks: timer.tracks(),
    }),
  };
}
