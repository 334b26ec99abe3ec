import { parseArgs } from 'node:util';
import type { Invocation, Options } from './command.ts';
import { UsageError } from './usage-error.ts';

/** Finds what the words call, and reads its options. Throws `UsageError` for anything not in the table. */
export function readCommandLine<Known extends Invocation>(
  argv: readonly string[],
  known: readonly Known[],
): { called: Known; options: Options } {
  const called = findCalled(argv, known);
  const options = readOptions(argv.slice(called.words.split(' ').length), called);
  const missing = Object.entries(called.options).find(([name, option]) => option.required && !options[name]);
  if (missing) {
    throw new UsageError(`${called.words} needs --${missing[0]} ${missing[1].value ?? ''}`.trim());
  }
  return { called, options };
}

function findCalled<Known extends Invocation>(argv: readonly string[], known: readonly Known[]): Known {
  const dashed = argv.findIndex((word) => word.startsWith('-'));
  const words = (dashed < 0 ? argv : argv.slice(0, dashed)).join(' ');
  const called = known.find((one) => one.words === words);
  if (!called) {
    throw new UsageError(words === '' ? 'Say what to do.' : `There is no command "${words}".`);
  }
  return called;
}

function readOptions(args: string[], called: Invocation): Options {
  const options = Object.fromEntries(
    Object.entries(called.options).map(([name, option]) => [
      name,
      { type: option.value ? ('string' as const) : ('boolean' as const) },
    ]),
  );
  try {
    const { values } = parseArgs({ args, options, strict: true, allowPositionals: false });
    return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== false)) as Options;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
