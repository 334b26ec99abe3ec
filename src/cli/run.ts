import { StartRefused } from '#src/errors.ts';
import { programName } from '#src/ops/native/program.ts';
import { readCommandLine } from './command-line.ts';
import { commands } from './commands.ts';
import { describe, overview } from './help.ts';
import { print, printResult, say } from './output.ts';
import { programs } from './programs.ts';
import { runCommand } from './run-command.ts';
import { UsageError } from './usage-error.ts';

/** Does what the arguments say and returns the exit code: 0 done, 1 failed, 2 not understood. */
export async function run(argv: readonly string[]): Promise<number> {
  try {
    if (argv.includes('--help') || argv[0] === 'help') {
      return await help(argv.filter((word) => word !== '--help' && word !== 'help'));
    }
    const { called, options } = readCommandLine(argv, [...programs, ...commands]);
    if ('stdin' in called) {
      await printResult(await runCommand(called, options), options.json === true);
      return 0;
    } else {
      return await called.run(options);
    }
  } catch (error) {
    return await failed(error);
  }
}

async function help(words: readonly string[]): Promise<number> {
  const all = [...programs, ...commands];
  const named = all.find((one) => one.words === words.join(' '));
  await print(named ? describe(named) : overview(all));
  return 0;
}

async function failed(error: unknown): Promise<number> {
  if (error instanceof UsageError) {
    await say(`${error.message}\n${programName} help lists what there is.`);
    return 2;
  } else if (error instanceof StartRefused) {
    await say(error.message);
    return 1;
  } else {
    await say(
      `Something unexpected went wrong: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    return 1;
  }
}
