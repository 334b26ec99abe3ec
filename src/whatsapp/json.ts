/**
 * JSON in which a plain parse could lose something: a number that is long, broken or in scientific notation, or a
 * `__proto__` key, which ASCII escapes may hide. What stands inside strings may set it off too; that costs only time.
 */
const NEEDS_CARE = /(?:^|[:[,])\s*(?:-0|-?(?:\d{16}|\d+[.eE]))|__proto__|\\u00[0-7]/;

/**
 * Parses JSON from outside. Numbers that JavaScript would not write back as they were become strings: Meta sends ids of
 * 17 digits as JSON numbers. Keys named `__proto__` are dropped.
 * Throws SyntaxError, also for nesting too deep to be walked.
 */
export function parseLossless(text: string): unknown {
  try {
    return NEEDS_CARE.test(text) ? JSON.parse(text, keepExactly) : JSON.parse(text);
  } catch (error) {
    throw error instanceof SyntaxError
      ? error
      : new SyntaxError('JSON is nested too deeply', { cause: error });
  }
}

function keepExactly(key: string, value: unknown, context?: { source?: string }): unknown {
  if (key === '__proto__') {
    return undefined;
  } else if (typeof value === 'number' && context?.source !== undefined && context.source !== String(value)) {
    return context.source;
  } else {
    return value;
  }
}
