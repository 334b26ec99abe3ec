/** Looked at every 4 MB of a stream. */
const CHUNKS = 64;
const GROWN_BYTES = 12 * 1024 * 1024;

/** The least that the process has taken since it was tidied up last. */
let least = Number.POSITIVE_INFINITY;

/**
 * Called for each chunk of a stream: lets go of what was used up once the process has grown by 12 MB. The engine hardly
 * feels buffers outside its heap, so that a large file would leave half its size of them; a collection takes about 20 ms,
 * and files below 4 MB never cause one.
 */
export function letGoOfUsed(chunk: number): void {
  if (chunk % CHUNKS === 0) {
    const resident = process.memoryUsage.rss();
    if (chunk > 0 && resident > least + GROWN_BYTES) {
      Bun.gc(true);
      least = process.memoryUsage.rss();
    } else {
      least = Math.min(least, resident);
    }
  }
}
