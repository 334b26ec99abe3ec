import { Invalid } from '#src/errors.ts';

/** What every object of JavaScript's has: data that brings its own breaks whoever writes it as text. */
const NAMES_OF_JAVASCRIPT = ['__proto__', 'constructor', 'toString', 'valueOf', 'toJSON'];

/** Far more than any body of ours has. Elysia says what is wrong with one by an indented copy, which grows by the square. */
const DEEPEST = 32;

/**
 * Throws `Invalid` when an object in it, however deep, has a field with a name of JavaScript's, and when lists and
 * objects stand in one another deeper than 32 times.
 */
export function refuseWildBody(body: unknown): void {
  let level = [body];
  for (let depth = 0; level.length > 0; depth += 1) {
    const values = level.filter(isNested);
    if (depth >= DEEPEST && values.length > 0) {
      throw new Invalid({ body: 'Lists and objects stand in one another too often in it. Send it flatter.' });
    }
    values.forEach(refuseNamesOfJavaScript);
    level = values.flatMap((value) => Object.values(value));
  }
}

const isNested = (value: unknown): value is object => typeof value === 'object' && value !== null;

function refuseNamesOfJavaScript(value: object): void {
  const named = NAMES_OF_JAVASCRIPT.find((name) => Object.hasOwn(value, name));
  if (named !== undefined) {
    throw new Invalid({ [named]: 'A field cannot have this name.' });
  }
}
