/** Adds to the end and lets the oldest go, so that a long demo does not grow for ever. */
export function pushBounded<T>(list: T[], item: T, limit: number): void {
  list.push(item);
  if (list.length > limit) {
    list.splice(0, list.length - limit);
  }
}

/** The same for a map: the key that was set first goes first. */
export function setBounded<K, V>(map: Map<K, V>, key: K, value: V, limit: number): void {
  map.set(key, value);
  if (map.size > limit) {
    const oldest = map.keys().next();
    if (!oldest.done) {
      map.delete(oldest.value);
    }
  }
}
