import { asFields, asList, asWords, type Fields } from './shape.ts';

/** One change of one entry: what is routed, journalled and replayed. */
export type Change = {
  /** Meta's field, or `unknown`. */
  field: string;
  /** The WABA as a rule; '' when the entry names none. */
  entryId: string;
  /** Unix seconds as sent. Absent on `messages`. */
  entryTime: string | null;
  phoneNumberId: string | null;
  /** JSON text of `{ id?, time?, field?, value, … }`, everything kept. */
  raw: string;
};

const LONGEST_FIELD = 64;
const LONGEST_ID = 128;

/** Takes a webhook's parsed body apart. Never throws: what has no known shape becomes a change of field `unknown`. */
export function readChanges(body: unknown): Change[] {
  return Array.isArray(body) ? body.flatMap(readBody) : readBody(body);
}

/** Meta's console sends samples that are a bare change, and others wrote `entry` as an object. */
function readBody(body: unknown): Change[] {
  const fields = asFields(body);
  if (fields && 'entry' in fields) {
    return asList(fields.entry).flatMap(readEntry);
  } else {
    return readEntry(body);
  }
}

function readEntry(entry: unknown): Change[] {
  if (isNothing(entry)) {
    return [];
  }
  const fields = asFields(entry);
  if (fields && asList(fields.changes).length > 0) {
    return asList(fields.changes).flatMap((change) => readChange(fields, change));
  } else if (fields && 'value' in fields) {
    return readChange(fields, fields);
  } else {
    const kept = fields ?? {};
    return [toChange(kept, kept, entry)];
  }
}

function readChange(entry: Fields, change: unknown): Change[] {
  if (isNothing(change)) {
    return [];
  }
  const id = identifier(entry.id);
  const time = timeOf(entry);
  const own = asFields(change);
  const kept = {
    ...(id === '' ? {} : { id }),
    ...(time === null ? {} : { time: typeof entry.time === 'number' ? entry.time : time }),
    ...(own ?? { value: change }),
  };
  return [toChange(entry, own ?? {}, kept)];
}

function toChange(entry: Fields, change: Fields, kept: unknown): Change {
  const metadata = asFields(contentOf(change).metadata);
  return {
    field: fieldOf(entry, change),
    entryId: wabaOf(change) || identifier(entry.id),
    entryTime: timeOf(entry),
    phoneNumberId: identifier(metadata?.phone_number_id) || null,
    raw: toJson(kept),
  };
}

/**
 * The WABA that a change itself names: what is said about partners stands under the id of the business. Else it is
 * that of its entry.
 */
export function wabaOf(change: Fields): string {
  return identifier(asFields(contentOf(change).waba_info)?.waba_id);
}

/** What a change carries; some samples lack the level of `value`. */
export function contentOf(change: Fields): Fields {
  return asFields(change.value) ?? change;
}

function fieldOf(entry: Fields, change: Fields): string {
  const named = asWords(change.field) ?? asWords(entry.field);
  if (named !== null && named.length <= LONGEST_FIELD) {
    return named;
  } else {
    const value = contentOf(change);
    return 'messages' in value || 'statuses' in value ? 'messages' : 'unknown';
  }
}

/** Whether the lists of a parsed body hold more than so many items together, however deep they lie. */
export function holdsMoreItems(body: unknown, most: number): boolean {
  const left = [body];
  let items = 0;
  while (left.length > 0) {
    const value = left.pop();
    items += Array.isArray(value) ? value.length : 0;
    if (items > most) {
      return true;
    } else if (typeof value === 'object' && value !== null) {
      for (const part of Object.values(value)) {
        left.push(part);
      }
    }
  }
  return false;
}

function identifier(value: unknown): string {
  const id = asWords(value) ?? '';
  return id.length <= LONGEST_ID ? id : '';
}

function timeOf(entry: Fields): string | null {
  return identifier(entry.time) || null;
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined;
}

function toJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'null';
  } catch {
    // Only nesting of tens of thousands of levels gets here; no payload of Meta's has more than a dozen.
    return '{"unreadable":"nested too deeply"}';
  }
}
