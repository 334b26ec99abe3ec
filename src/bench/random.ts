/** Numbers that look random and are the same in every run. */
export type Random = {
  /** From 0 to below 1. */
  next(): number;
  /** A whole number from 0 to below `end`. */
  below(end: number): number;
  /** One of them. */
  pick<T>(from: readonly [T, ...T[]]): T;
  shuffle<T>(items: T[]): T[];
};

/** Mulberry32: small, quick, and even enough to choose words and customers by. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (end: number) => Math.floor(next() * end);
  return {
    next,
    below,
    pick: (from) => from[below(from.length)] ?? from[0],
    shuffle(items) {
      for (let last = items.length - 1; last > 0; last--) {
        const other = below(last + 1);
        [items[last], items[other]] = [
          items[other] as (typeof items)[number],
          items[last] as (typeof items)[number],
        ];
      }
      return items;
    },
  };
}
