/** A map that remembers only the `limit` keys set last, so that strangers cannot fill the memory. */
export type Recent<Value> = {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  delete(key: string): void;
  readonly size: number;
};

export function createRecent<Value>(limit: number): Recent<Value> {
  const values = new Map<string, Value>();
  return {
    get: (key) => values.get(key),
    set(key, value) {
      values.delete(key);
      values.set(key, value);
      const [oldest] = values.keys();
      if (values.size > limit && oldest !== undefined) {
        values.delete(oldest);
      }
    },
    delete: (key) => {
      values.delete(key);
    },
    get size() {
      return values.size;
    },
  };
}
