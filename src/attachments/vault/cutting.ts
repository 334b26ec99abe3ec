/** Pieces of a stream of bytes in sizes that are asked for. */
export type Cutting = {
  /** The next so many bytes, or what is left of them. */
  next(bytes: number): Promise<Buffer>;
  /** Nothing more is wanted: the source is let go of. */
  stop(): Promise<void>;
};

export function cutting(source: AsyncIterable<Uint8Array>): Cutting {
  const iterator = source[Symbol.asyncIterator]();
  let held: Uint8Array = new Uint8Array(0);

  return {
    async next(bytes) {
      const piece = Buffer.allocUnsafe(bytes);
      for (let filled = 0; filled < bytes; ) {
        if (held.length === 0) {
          const { done, value } = await iterator.next();
          if (done) {
            return piece.subarray(0, filled);
          }
          held = value;
        }
        const part = held.subarray(0, bytes - filled);
        piece.set(part, filled);
        filled += part.length;
        held = held.subarray(part.length);
      }
      return piece;
    },
    async stop() {
      await iterator.return?.();
    },
  };
}
