/** How often values fell below each bound, as plain numbers: noting one costs a short search and no memory. */
export type Histogram = {
  /** Rising; each counts the values up to and including it. */
  readonly bounds: readonly number[];
  /** How many fell between a bound and the one before; the last one, beyond all bounds. */
  readonly buckets: number[];
  sum: number;
};

export const createHistogram = (bounds: readonly number[]): Histogram => ({
  bounds,
  buckets: Array(bounds.length + 1).fill(0),
  sum: 0,
});

export function observe(histogram: Histogram, value: number): void {
  const { bounds, buckets } = histogram;
  let index = 0;
  while (index < bounds.length && value > (bounds[index] ?? 0)) {
    index += 1;
  }
  buckets[index] = (buckets[index] ?? 0) + 1;
  histogram.sum += value;
}

export type Cumulative = { upTo: { bound: number; count: number }[]; count: number; sum: number };

/** As Prometheus wants it: how many were at or below each bound. */
export function cumulate({ bounds, buckets, sum }: Histogram): Cumulative {
  let count = 0;
  const upTo = bounds.map((bound, index) => {
    count += buckets[index] ?? 0;
    return { bound, count };
  });
  return { upTo, count: count + (buckets[bounds.length] ?? 0), sum };
}
