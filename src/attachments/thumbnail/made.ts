/** A thumbnail, and how many pixels the picture itself has, upright. */
export type Made = { webp: Uint8Array; width: number; height: number };

const SIZE_BYTES = 4 + 4;

/** Layout: width and height (4 bytes each, big endian), the WebP. */
export function writeMade({ webp, width, height }: Made): Uint8Array {
  const bytes = Buffer.alloc(SIZE_BYTES + webp.length);
  bytes.writeUInt32BE(width, 0);
  bytes.writeUInt32BE(height, 4);
  bytes.set(webp, SIZE_BYTES);
  return bytes;
}

/** Null for what is too short to be one. The WebP is a copy. */
export function readMade(bytes: Uint8Array): Made | null {
  if (bytes.length <= SIZE_BYTES) {
    return null;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return { width: view.getUint32(0), height: view.getUint32(4), webp: bytes.slice(SIZE_BYTES) };
}
