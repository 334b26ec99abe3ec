import { Invalid } from '#src/errors.ts';

/** A cursor is the sort values of the last row shown, made opaque. */
export function writeCursor(values: readonly number[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/** The `length` numbers a cursor holds. Anything we cannot have written is `Invalid({ [field]: … })`. */
export function readCursor(text: string, length: number, field = 'cursor'): number[] {
  const values = parse(text);
  if (!Array.isArray(values) || values.length !== length || !values.every(Number.isSafeInteger)) {
    throw new Invalid({ [field]: `Take ${field} from the answer before, unchanged.` });
  }
  return values;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}
