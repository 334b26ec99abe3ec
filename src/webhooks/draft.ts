import type { ChangedRow } from '#src/db/rows.ts';

/**
 * Rows of one table while a run is understood: what is known of those that storage holds, and whole ones that
 * the run adds. A stored row is replaced, never written to, so that a run can be thrown away and begun again.
 */
export type Draft<Known extends { id: number }, Whole extends Known = Known> = {
  get(id: number): Known | undefined;
  all(): Known[];
  /** By the draft's key; when several rows have the same, the one that was added last. */
  find(key: string): Known | undefined;
  /** All rows of this key. */
  findAll(key: string): Known[];
  /** All rows of a group, in the order they came. */
  group(id: number): Known[];
  add(row: Whole): void;
  change(id: number, patch: Partial<Whole>): void;
  added(): Whole[];
  /** What is different now about stored rows. */
  changed(): ChangedRow<Partial<Whole> & { id: number }>[];
};

type Keys<Known> = {
  /** Null: this row is not to be found by a key. */
  key?: (row: Known) => string | null;
  group?: (row: Known) => number;
};

export function createDraft<Known extends { id: number }, Whole extends Known = Known>(
  stored: readonly Known[],
  { key, group }: Keys<Known> = {},
): Draft<Known, Whole> {
  const rows = new Map<number, Known>();
  const added = new Map<number, Whole>();
  const patches = new Map<number, Partial<Whole>>();
  const byKey = new Map<string, number[]>();
  const groups = new Map<number, Set<number>>();

  function put(row: Known): void {
    rows.set(row.id, row);
    const name = key?.(row) ?? null;
    if (name !== null) {
      byKey.set(name, [...(byKey.get(name) ?? []), row.id]);
    }
    if (group) {
      const members = groups.get(group(row)) ?? new Set();
      groups.set(group(row), members.add(row.id));
    }
  }

  function replace(old: Known, row: Known): void {
    const name = key?.(old) ?? null;
    if (name !== null) {
      byKey.set(
        name,
        (byKey.get(name) ?? []).filter((id) => id !== old.id),
      );
    }
    if (group && group(old) !== group(row)) {
      groups.get(group(old))?.delete(old.id);
    }
    put(row);
  }

  for (const row of stored) {
    put(row);
  }

  return {
    get: (id) => rows.get(id),
    all: () => [...rows.values()],
    find: (name) => rows.get(byKey.get(name)?.at(-1) ?? 0),
    findAll: (name) => (byKey.get(name) ?? []).flatMap((id) => rows.get(id) ?? []),
    group: (id) => [...(groups.get(id) ?? [])].flatMap((member) => rows.get(member) ?? []),
    add(row) {
      added.set(row.id, row);
      put(row);
    },
    change(id, patch) {
      const row = rows.get(id);
      const whole = added.get(id);
      if (!row) {
        throw new Error(`row ${id} was not loaded`);
      } else if (whole) {
        added.set(id, { ...whole, ...patch });
      } else {
        patches.set(id, { ...patches.get(id), ...differences(row, patch) });
      }
      replace(row, { ...row, ...patch });
    },
    added: () => [...added.values()],
    changed: () =>
      [...patches].map(([id, patch]) => ({ row: { ...patch, id }, names: Object.keys(patch).sort() })),
  };
}

/** What a patch really changes: an index whose columns stay as they are need not be written. */
function differences<Patch extends object>(row: object, patch: Patch): Patch {
  const known = new Map(Object.entries(row));
  const differing = Object.entries(patch).filter(
    ([name, value]) => !known.has(name) || known.get(name) !== value,
  );
  return Object.fromEntries(differing) as Patch;
}
