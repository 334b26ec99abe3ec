/** The value that the given share of them does not exceed; sorts the numbers. 0 when there are none. */
export function quantile(values: Float64Array, share: number): number {
  const sorted = values.sort();
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

export function median(values: readonly number[]): number {
  return quantile(Float64Array.from(values), 0.5);
}

/** A figure for the report: three digits after the point say more than a run is good for. */
export function rounded(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}

/** Now, in milliseconds since 1970 with fractions: the same clock in every process of this machine. */
export function exactNow(): number {
  return performance.timeOrigin + performance.now();
}
