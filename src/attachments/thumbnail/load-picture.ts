import { Late } from '#src/errors.ts';
import { inTime } from '#src/ops/in-time.ts';

/** A store may be far away, and its line busy; slower than this it is as good as gone. */
const LEAST_BYTES_PER_SECOND = 64 * 1024;

type Patience = {
  /** How long a single piece may take, and all of it beside what its size allows. */
  silenceMs: number;
  now: () => number;
  /** Ends it with the piece that comes next. */
  signal?: AbortSignal;
};

/**
 * A picture whole, in memory: however long that takes, as long as it keeps coming, at 64 KiB a second at least. Throws
 * `Late` when it does not, and what `pieces` throws.
 */
export async function loadPicture(
  pieces: AsyncIterable<Uint8Array>,
  { silenceMs, now, signal }: Patience,
): Promise<Uint8Array> {
  const reading = pieces[Symbol.asyncIterator]();
  const began = now();
  const taken: Uint8Array[] = [];
  let bytes = 0;
  for (;;) {
    const piece = await inTime(reading.next(), silenceMs);
    if (piece !== 'late' && piece.done) {
      return Buffer.concat(taken);
    }
    const isSlow = now() - began > silenceMs + (bytes / LEAST_BYTES_PER_SECOND) * 1000;
    if (piece === 'late' || isSlow || signal?.aborted) {
      // Not awaited: what hangs has no end.
      void Promise.resolve(reading.return?.()).catch(() => undefined);
      throw new Late('the picture could not be loaded in time');
    }
    taken.push(piece.value);
    bytes += piece.value.length;
  }
}
