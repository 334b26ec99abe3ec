import type { Parked } from './stored.ts';

/** What came before the message it belongs to, by number and wamid; one row a name (`status`). */
export type ParkedBook = {
  park(row: Parked): void;
  /** What waits for this message, the oldest first; from now on it waits no more. */
  take(numberId: number, wamid: string): Parked[];
  /** Rows to write, and rows to remove. */
  added(): Parked[];
  removed(): Parked[];
};

export function openParkedBook(stored: readonly Parked[]): ParkedBook {
  const waiting = new Map<string, Map<string, Parked>>();
  const isStored = new Set(stored.map(nameOf));
  const removed: Parked[] = [];
  const keyOf = (numberId: number, wamid: string) => `${numberId} ${wamid}`;

  function enter(row: Parked): void {
    const key = keyOf(row.numberId, row.wamid);
    const rows = waiting.get(key) ?? new Map<string, Parked>();
    const known = rows.get(row.status);
    if (!known || row.at >= known.at) {
      rows.set(row.status, row);
    }
    waiting.set(key, rows);
  }
  for (const row of stored) {
    enter(row);
  }
  const known = new Set(stored);

  return {
    park: enter,
    take(numberId, wamid) {
      const key = keyOf(numberId, wamid);
      const rows = [...(waiting.get(key)?.values() ?? [])].sort((a, b) => a.at - b.at);
      waiting.delete(key);
      removed.push(...rows.filter((row) => isStored.has(nameOf(row))));
      return rows;
    },
    added: () => [...waiting.values()].flatMap((rows) => [...rows.values()].filter((row) => !known.has(row))),
    removed: () => removed,
  };
}

function nameOf({ numberId, wamid, status }: Parked): string {
  return `${numberId} ${wamid} ${status}`;
}
