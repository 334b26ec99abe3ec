import type { Control } from '#src/db/control.ts';
import type { Inbox } from '#src/db/inbox.ts';
import type { AuditRecord } from './list-audit.ts';
import { nameObjects } from './name-objects.ts';
import { doerOf, referencesOf } from './references.ts';
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
  /** What is called how that the data names by its id, such as `user:7`. */
  names: Readonly<Record<string, string>>;
  address: string | null;
};

/** `names` is kept between the pages of one reading: it knows what was looked up already. */
export async function toEntries(
  control: Control,
  inbox: Inbox,
  rows: readonly AuditRecord[],
  names: Map<string, string | null> = new Map(),
): Promise<AuditEntry[]> {
  const read = rows.map((row) => {
    const data = safeData(row.data);
    return { row, data, doer: doerOf(row), references: referencesOf(data) };
  });
  const objects = read.flatMap(({ row, doer, references }) => [
    row.object,
    ...references,
    ...(doer ? [doer] : []),
  ]);
  await nameObjects(control, inbox, objects, names);
  return read.map(({ row, data, doer, references }) => ({
    id: row.id,
    at: row.at,
    actor: { kind: row.actorKind, id: row.actorId, name: doer === null ? null : (names.get(doer) ?? null) },
    action: row.action,
    object: row.object,
    objectName: names.get(row.object) ?? null,
    data,
    names: Object.fromEntries(references.map((object) => [object, names.get(object) ?? object])),
    address: row.address ?? addressIn(data),
  }));
}

/** A sign-in is written before anybody is there to have an address. */
const addressIn = ({ address }: Record<string, unknown>) => (typeof address === 'string' ? address : null);
