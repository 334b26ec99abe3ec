import { exactNow, quantile } from './figures.ts';
import type { Sent } from './job.ts';

/** What is written down of each request: when it was due, how late it left, and how long its answer took from then. */
export type Books = {
  /** The times (by `performance.now()`) at which requests are due; 0 for one that is due when it is sent. */
  due: Float64Array;
  leaves(index: number): void;
  answered(index: number, status: string): void;
  close(startedAt: number, withDue: boolean): Sent;
};

export function openBooks(count: number): Books {
  const due = new Float64Array(count);
  const latencies = new Float64Array(count);
  const lateness = new Float64Array(count);
  const statuses: Record<string, number> = {};
  return {
    due,
    leaves(index) {
      const now = performance.now();
      due[index] ||= now;
      lateness[index] = now - (due[index] ?? now);
    },
    answered(index, status) {
      latencies[index] = performance.now() - (due[index] ?? 0);
      statuses[status] = (statuses[status] ?? 0) + 1;
    },
    close: (startedAt, withDue) => ({
      count,
      startedAt,
      endedAt: exactNow(),
      statuses,
      latency: {
        p50: quantile(latencies, 0.5),
        p99: quantile(latencies, 0.99),
        most: quantile(latencies, 1),
      },
      lateP99: quantile(lateness, 0.99),
      ...(withDue ? { due: Array.from(due, (at) => performance.timeOrigin + at) } : {}),
    }),
  };
}
