/** What has been started, and how each of it is ended. */
export type Undoing = {
  /** `step` runs when this is undone; at once, when it has been. */
  defer(step: () => unknown): void;
  /** Runs the steps, the last one first; one that fails keeps no other from running. */
  undo(): Promise<void>;
};

const open = new Set<Undoing>();

/** Does `work`, and ends afterwards what it started, also when it failed. */
export async function withUndoing<T>(work: (undoing: Undoing) => Promise<T>): Promise<T> {
  const undoing = createUndoing();
  open.add(undoing);
  try {
    return await work(undoing);
  } finally {
    await undoing.undo();
    open.delete(undoing);
  }
}

/** Ends everything, for a run that is broken off. */
export async function undoAll(): Promise<void> {
  await Promise.all([...open].map((undoing) => undoing.undo()));
}

function createUndoing(): Undoing {
  const steps: (() => unknown)[] = [];
  let isUndone = false;
  const take = async () => {
    for (let step = steps.pop(); step; step = steps.pop()) {
      await Promise.try(step).catch(() => {});
    }
  };
  return {
    defer(step) {
      steps.push(step);
      if (isUndone) {
        void take();
      }
    },
    undo() {
      isUndone = true;
      return take();
    },
  };
}
