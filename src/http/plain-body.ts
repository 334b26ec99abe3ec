import { Invalid } from '#src/errors.ts';

/** What every object of JavaScript's has: data that brings its own breaks whoever writes it as text. */
const NAMES_OF_JAVASCRIPT = ['__proto__', 'constructor', 'toString', 'valueOf', 'toJSON'];

/** Throws `Invalid` when an object in it, however deep, has a field with such a name. */
export function refuseNamesOfJavaScript(body: unknown): void {
  const left = [body];
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value === 'object' && value !== null) {
      const named = NAMES_OF_JAVASCRIPT.find((name) => Object.hasOwn(value, name));
      if (named !== undefined) {
        throw new Invalid({ [named]: 'A field cannot have this name.' });
      }
      left.push(...Object.values(value));
    }
  }
}
