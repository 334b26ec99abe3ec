import type { AuditEntry } from '#src/audit/entry.ts';
import { plainName, referenceIn } from '#src/audit/references.ts';
import { words } from '../words/words.ts';

/** What was done, in words; an action that this version does not know is shown as it was written. */
export function sentenceOf(entry: AuditEntry): string {
  const by = doerOf(entry);
  const what = objectOf(entry);
  const say = Object.hasOwn(words.audit.sentences, entry.action)
    ? words.audit.sentences[entry.action]
    : undefined;
  return (
    say?.({ by, what, value: (name) => valueWords(name, entry.data[name], entry.names) }) ??
    words.audit.unknown(by, entry.action, what)
  );
}

/** Who did it. */
export function doerOf({ actor }: AuditEntry): string {
  const { actors } = words.audit;
  if (actor.kind === 'person') {
    return actor.name ?? actors.person;
  } else if (actor.kind === 'key') {
    return actor.name === null ? actors.keyGone : actors.key(actor.name);
  } else {
    return actors[actor.kind];
  }
}

/** What it was done to: by its name, or by what it is. */
export function objectOf({ object, objectName }: Pick<AuditEntry, 'object' | 'objectName'>): string {
  const [kind = '', ...id] = object.split(':');
  return objectName ?? words.audit.objects(kind, id.join(':'));
}

type Names = AuditEntry['names'];

/** A value that was noted, in the words it has. */
export function valueWords(field: string, value: unknown, names: Names = {}): string {
  if (value === null || value === undefined || value === '') {
    return '';
  } else if (Array.isArray(value)) {
    return value.map((one) => valueWords(field, one, names)).join(', ');
  } else if (typeof value === 'boolean') {
    return value ? words.audit.yes : words.audit.no;
  } else if (typeof value === 'object') {
    return JSON.stringify(value);
  }
  const reference = referenceIn(field, value);
  return (
    (reference === null ? undefined : names[reference]) ?? knownValue(field, String(value)) ?? String(value)
  );
}

function knownValue(field: string, value: string): string | undefined {
  const { values } = words.audit;
  const name = plainName(field);
  const known = Object.hasOwn(values, name) ? values[name] : undefined;
  return known && Object.hasOwn(known, value) ? known[value] : undefined;
}

export type Change = { field: string; before: string; after: string };

/** What is different after it; when there was nothing before, or nothing after, all that there was. */
export function changesOf({ data, names }: Pick<AuditEntry, 'data' | 'names'>): Change[] {
  const before = recordIn(data.before);
  const after = recordIn(data.after);
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .map((field) => ({
      field: fieldName(field),
      before: valueWords(field, before[field], names),
      after: valueWords(field, after[field], names),
    }))
    .filter((change) => change.before !== change.after);
}

const recordIn = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

function fieldName(field: string): string {
  const { fields } = words.audit;
  const name = plainName(field);
  return (Object.hasOwn(fields, name) ? fields[name] : undefined) ?? name.replaceAll('_', ' ');
}
