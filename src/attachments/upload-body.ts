import { Problem } from '#src/errors.ts';
import { inTime } from '#src/ops/in-time.ts';

/** How long the sender may take: for a single piece, and for all of it at so many bytes a second at least. */
export type Patience = { silenceMs: number; bytesPerSecond: number };

const PATIENCE: Patience = { silenceMs: 30_000, bytesPerSecond: 8 * 1024 };

/**
 * A body piece by piece, as fast as it is taken: nothing is read ahead. Only waiting for the sender counts as slowness.
 * Throws `Problem` 408 when patience is over, and 400 when the connection breaks.
 */
export async function* receive(
  body: ReadableStream<Uint8Array> | null,
  { silenceMs, bytesPerSecond }: Patience = PATIENCE,
): AsyncGenerator<Uint8Array, void, void> {
  const reader = body?.getReader();
  let bytes = 0;
  let waitedMs = 0;
  try {
    while (reader) {
      const began = performance.now();
      const piece = await inTime(reader.read(), silenceMs).catch(() => {
        throw new Problem(400, 'broken-off', 'The file broke off', 'Nothing of it was kept. Try it again.');
      });
      waitedMs += performance.now() - began;
      if (piece === 'late' || waitedMs > silenceMs + (bytes / bytesPerSecond) * 1000) {
        throw new Problem(
          408,
          'too-slow',
          'The file came too slowly',
          'Nothing of it was kept. Try it again.',
        );
      } else if (piece.done) {
        return;
      }
      bytes += piece.value.length;
      yield piece.value;
    }
  } finally {
    // What is left of a body that nobody wants is thrown away; a broken one cannot even be cancelled.
    await reader?.cancel().catch(() => undefined);
  }
}

/** The first `most` bytes of a body, and all of it again. */
export async function peek(
  body: AsyncIterator<Uint8Array>,
  most: number,
): Promise<{ head: Uint8Array; whole: AsyncIterable<Uint8Array> }> {
  const taken: Uint8Array[] = [];
  let length = 0;
  while (length < most) {
    const piece = await body.next();
    if (piece.done) {
      break;
    }
    taken.push(piece.value);
    length += piece.value.length;
  }
  return { head: Buffer.concat(taken).subarray(0, most), whole: joined(taken, body) };
}

async function* joined(taken: Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    for (let piece = taken.shift(); piece; piece = taken.shift()) {
      yield piece;
    }
    for (let piece = await rest.next(); !piece.done; piece = await rest.next()) {
      yield piece.value;
    }
  } finally {
    await rest.return?.();
  }
}
