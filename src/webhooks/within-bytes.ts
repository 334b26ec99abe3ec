/** A change may hold a thousand messages and be megabytes long. */
const MOST_BYTES = 2 * 1024 * 1024;

/** How many of the raw changes of these lengths are read or removed together, from the first on: up to the one that brings them over 2 MB. */
export function countWithin(lengths: readonly number[]): number {
  let bytes = 0;
  const over = lengths.findIndex((length) => {
    bytes += length;
    return bytes > MOST_BYTES;
  });
  return over === -1 ? lengths.length : over + 1;
}
