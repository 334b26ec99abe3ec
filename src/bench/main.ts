import { print, say } from '#src/cli/output.ts';
import { UsageError } from '#src/cli/usage-error.ts';
import { freshExecutable } from './executable.ts';
import { type BenchOptions, help, readOptions } from './options.ts';
import { missedTargets } from './targets.ts';
import { undoAll } from './undoing.ts';

// What scripts/bench runs.

async function bench(args: string[]): Promise<number> {
  const options = readOptions(args);
  if (options.help) {
    await print(help);
    return 0;
  }
  return await run(options);
}

async function run({ only, size, check, binary }: BenchOptions): Promise<number> {
  if (binary) {
    // Read where the program is started, which is loaded after this.
    process.env.OONOBOX_PROGRAM = await freshExecutable();
  }
  const { chooseParts, measure } = await import('./run.ts');
  const { figures, failed } = await measure(chooseParts(only), size, (text) =>
    process.stderr.write(`${text}\n`),
  );
  const missed = check ? missedTargets(figures) : [];
  for (const sentence of missed) {
    await say(sentence);
  }
  await print(`${JSON.stringify(figures)}\n`);
  return failed.length > 0 || missed.length > 0 ? 1 : 0;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void undoAll().finally(() => process.exit(1));
  });
}

try {
  process.exit(await bench(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof UsageError)) {
    throw error;
  }
  await say(error.message);
  process.exit(2);
}
