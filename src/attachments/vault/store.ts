/** Where sealed files lie: a local folder, or a bucket. It never sees a key or a byte in the clear. */
export type Store = {
  /** Keeps all of it durably under a new path, or leaves nothing behind and throws what went wrong. */
  put(accountId: number, path: string, sealed: AsyncIterable<Uint8Array>): Promise<void>;
  /** What is there from byte `from` up to, not including, `to`, however it is cut. Throws `MissingFile`. */
  read(accountId: number, path: string, from: number, to: number): AsyncIterable<Uint8Array>;
  /** Nothing happens when it is not there. */
  remove(accountId: number, path: string): Promise<void>;
  /** Every path of an account, and what a crash left half written beside them, in no order. */
  list(accountId: number): AsyncIterable<string>;
  /** Milliseconds since 1970, by the store's clock; null when it is not there. */
  changedAt(accountId: number, path: string): Promise<number | null>;
  /** All that an account has here. */
  removeAccount(accountId: number): Promise<void>;
};
