/**
 * Lets everything that comes within one turn of the event loop be written as one group.
 * `write` calls `take` once, when it can write at once; each `add` resolves when the group it was in is written.
 */
export function createGroup<Item>(
  write: (take: () => Item[]) => Promise<void>,
): (items: readonly Item[]) => Promise<void> {
  let waiting: Item[] = [];
  let current: Promise<void> | null = null;

  function take(): Item[] {
    const taken = waiting;
    waiting = [];
    current = null;
    return taken;
  }

  async function writeSoon(): Promise<void> {
    await nextTurn();
    const group = current;
    try {
      await write(take);
    } catch (error) {
      if (current === group) {
        take();
      }
      throw error;
    }
  }

  return (items) => {
    waiting.push(...items);
    current ??= writeSoon();
    return current;
  };
}

/** Awaiting libSQL never lets the event loop turn; this does. */
export function nextTurn(): Promise<void> {
  return new Promise((resume) => setImmediate(resume));
}
