import type { Control } from '#src/db/control.ts';
import type { Inbox } from '#src/db/inbox.ts';
import type { AuditRecord } from './list-audit.ts';
import { nameObjects } from './name-objects.ts';
import { safeData } from './safe-data.ts';

/** A row of the trail as it is shown: with the names that people know, and nothing that is not theirs to see. */
export type AuditEntry = {
  id: number;
  at: number;
  actor: { kind: AuditRecord['actorKind']; id: number | null; name: string | null };
  action: string;
  object: string;
  /** What the object is called, or was when it was still there; null when it has no name. */
  objectName: string | null;
  data: Record<string, unknown>;
  address: string | null;
};

/**
 * `names` is kept between the pages of one reading: it knows what was looked up already.
 */
export async function toEntries(
  control: Control,
  inbox: Inbox,
  rows: readonly AuditRecord[],
  names: Map<string, string | null> = new Map(),
): Promise<AuditEntry[]> {
  await nameObjects(control, inbox, rows.flatMap(objectsOf), names);
  return rows.map((row) => {
    const doer = doerOf(row);
    return {
      id: row.id,
      at: row.at,
      actor: {
        kind: row.actorKind,
        id: row.actorId,
        name: doer === null ? null : (names.get(doer) ?? null),
      },
      action: row.action,
      object: row.object,
      objectName: names.get(row.object) ?? null,
      data: safeData(row.data),
      address: row.address,
    };
  });
}

const objectsOf = (row: AuditRecord): string[] => {
  const doer = doerOf(row);
  return doer === null ? [row.object] : [doer, row.object];
};

/** Whoever did it, named as an object. */
function doerOf({ actorKind, actorId }: AuditRecord): string | null {
  if (actorId === null) {
    return null;
  }
  return actorKind === 'key' ? `api_key:${actorId}` : `user:${actorId}`;
}
