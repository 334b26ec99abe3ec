import type { AuditRecord } from './list-audit.ts';

/** Fields that hold ids, by what has them: the trail notes ids, people know names. */
const kinds: Readonly<Record<string, string>> = {
  member_ids: 'user',
  number_ids: 'number',
  role_id: 'role',
  team_ids: 'team',
};

/** Rows are written by all of the program: `memberIds` is `member_ids`. */
export const plainName = (field: string): string =>
  field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The object that an id in this field names, such as `user:7`; null for a value that is no id. */
export function referenceIn(field: string, value: unknown): string | null {
  const kind = Object.hasOwn(kinds, plainName(field)) ? kinds[plainName(field)] : undefined;
  return kind !== undefined && typeof value === 'number' ? `${kind}:${value}` : null;
}

/** Everything that is named by its id in what a row noted. */
export function referencesOf(data: Record<string, unknown>): string[] {
  return [data, data.before, data.after].flatMap((record) =>
    typeof record === 'object' && record !== null
      ? Object.entries(record).flatMap(([field, value]) =>
          [value].flat().flatMap((one) => referenceIn(field, one) ?? []),
        )
      : [],
  );
}

/** Whoever did it, named as an object; null for who has no id. */
export function doerOf({ actorKind, actorId }: Pick<AuditRecord, 'actorKind' | 'actorId'>): string | null {
  if (actorId === null) {
    return null;
  }
  return actorKind === 'key' ? `api_key:${actorId}` : `user:${actorId}`;
}
