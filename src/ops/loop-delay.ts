import { monitorEventLoopDelay } from 'node:perf_hooks';

/** How late the event loop was, in seconds: while it is, nobody is answered. */
export type Delay = { p50: number; p99: number; max: number };

export type LoopDelay = {
  start(): void;
  stop(): void;
  /** Begins a new span; called at every look of the watchdogs. */
  turn(): void;
  /** Over the last whole span and what has passed of the present one. */
  read(): Delay;
};

const RESOLUTION_MS = 20;
const NS = 1e9;

export function createLoopDelay(): LoopDelay {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  let before: Delay | null = null;

  const present = (): Delay =>
    histogram.count === 0
      ? { p50: 0, p99: 0, max: 0 }
      : {
          p50: histogram.percentile(50) / NS,
          p99: histogram.percentile(99) / NS,
          max: histogram.max / NS,
        };

  return {
    start: () => void histogram.enable(),
    stop: () => void histogram.disable(),
    turn() {
      before = present();
      histogram.reset();
    },
    read() {
      const now = present();
      return before === null ? now : { p50: before.p50, p99: before.p99, max: Math.max(before.max, now.max) };
    },
  };
}
