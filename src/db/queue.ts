/** Runs work one piece at a time, in the order it came; a failing piece does not stop the next. */
export type Queue = {
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves when everything queued so far has ended. */
  idle(): Promise<void>;
};

/** Awaiting libSQL never yields to the event loop, so after this much work the queue does it itself. */
const YIELD_AFTER_MS = 8;

export function createQueue(): Queue {
  let tail: Promise<unknown> = Promise.resolve();
  let yieldedAt = performance.now();

  async function breathe(): Promise<void> {
    if (performance.now() - yieldedAt > YIELD_AFTER_MS) {
      await new Promise((resume) => setImmediate(resume));
      yieldedAt = performance.now();
    }
  }

  return {
    run(work) {
      const result = tail.then(breathe).then(work);
      tail = result.catch(() => {});
      return result;
    },
    async idle() {
      await tail;
    },
  };
}
