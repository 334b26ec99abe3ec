const BYTES = 4;

/** The beginning of a word's SHA-256 as a number: among fifty thousand, one of 87,000 other words looks like one. */
export function prefixOf(word: string): number {
  return new Bun.CryptoHasher('sha256').update(word).digest().readUInt32BE(0);
}

/** Big endian, whatever the machine. */
export function bytesOf(prefixes: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(prefixes.length * BYTES));
  for (const [index, prefix] of prefixes.entries()) {
    view.setUint32(index * BYTES, prefix);
  }
  return new Uint8Array(view.buffer);
}

/** Looks a number up in sorted bytes; nothing is unpacked. */
export function hasPrefix(list: Uint8Array, prefix: number): boolean {
  const view = new DataView(list.buffer, list.byteOffset, list.byteLength);
  let from = 0;
  let to = list.byteLength / BYTES;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (view.getUint32(middle * BYTES) < prefix) {
      from = middle + 1;
    } else {
      to = middle;
    }
  }
  return from * BYTES < list.byteLength && view.getUint32(from * BYTES) === prefix;
}
