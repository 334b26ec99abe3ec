import { clean } from '#src/db/clean.ts';

// Reads values of unknown shape. Nothing here throws, and every text that leaves is clean.

export type Fields = Readonly<Record<string, unknown>>;

export function asFields(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

/** A list, a single thing where a list was meant, or nothing. */
export function asList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) {
    return value;
  } else {
    return value === undefined || value === null ? [] : [value];
  }
}

/** The objects of a list; what else is in it is left out. */
export function fieldsIn(value: unknown): Fields[] {
  return asList(value)
    .map(asFields)
    .filter((fields) => fields !== null);
}

/** Text, or a number where text was meant. */
export function asText(value: unknown): string | null {
  if (typeof value === 'string') {
    return clean(value);
  } else {
    return typeof value === 'number' ? String(value) : null;
  }
}

/** Text that says something, without the space around it. Ids are text, always, however they were sent. */
export function asWords(value: unknown): string | null {
  return asText(value)?.trim() || null;
}

export function asNumber(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

export function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}

const EARLIEST_SECOND = 1e9;
const FIRST_MILLISECOND = 1e11;
const LAST_MILLISECOND = 1e14;

/** A moment in ms. Meta writes seconds, as text or as a number, and was seen to write milliseconds. */
export function asMoment(value: unknown): number | null {
  const number = asNumber(value);
  if (number === null || number < EARLIEST_SECOND || number >= LAST_MILLISECOND) {
    return null;
  } else {
    return Math.floor(number < FIRST_MILLISECOND ? number * 1000 : number);
  }
}
