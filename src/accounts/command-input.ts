import { clean } from '#src/db/clean.ts';
import { Invalid } from '#src/errors.ts';

/** What a command was given: its options, and the JSON that came over stdin. */
export type CommandInput = { options: Record<string, string | true>; stdin: unknown };

export type Fields = Readonly<Record<string, unknown>>;

/** An object out of the JSON that came over stdin, or out of one of its fields. Throws `Invalid`. */
export function readObject(value: unknown, where = 'stdin'): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Invalid({ [where]: 'Give a JSON object.' });
  }
  return Object.fromEntries(Object.entries(value));
}

/** A field that holds text; missing is `fallback`, or a mistake when there is none. Throws `Invalid`. */
export function readText(
  fields: Fields,
  name: string,
  { fallback, where = name }: { fallback?: string; where?: string } = {},
): string {
  const value = fields[name] ?? fallback;
  if (typeof value !== 'string') {
    const why =
      value === undefined ? 'It is missing: give it as text.' : 'Give it as text, in quotation marks.';
    throw new Invalid({ [where]: why });
  }
  return clean(value);
}

/** An id: a whole number, or one written as text. Throws `Invalid`. */
export function readId(value: unknown, where: string): number {
  const id = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value;
  if (typeof id !== 'number' || !Number.isSafeInteger(id) || id <= 0) {
    throw new Invalid({ [where]: 'Give its id, a whole number.' });
  }
  return id;
}
