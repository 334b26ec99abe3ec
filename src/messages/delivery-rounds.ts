/** Runs `work` when asked, never twice at once; asked meanwhile, it runs once more. */
export type Rounds = {
  ask(): void;
  isBusy(): boolean;
  /** Resolves when nothing runs and nothing is asked. */
  idle(): Promise<void>;
  /** Asking has no effect from now on; what runs goes on to its end. */
  stop(): void;
};

export function createRounds(work: () => Promise<void>, failed: (error: unknown) => void): Rounds {
  let running: Promise<void> | null = null;
  let asked = false;
  let stopped = false;

  async function run(): Promise<void> {
    while (asked && !stopped) {
      asked = false;
      await work().catch(failed);
    }
    running = null;
  }

  return {
    ask() {
      if (!stopped) {
        asked = true;
        running ??= run();
      }
    },
    isBusy: () => running !== null,
    async idle() {
      await running;
    },
    stop() {
      stopped = true;
    },
  };
}
