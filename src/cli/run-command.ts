import type { CommandInput } from '#src/accounts/command-input.ts';
import { type Config, readConfig } from '#src/config.ts';
import { makeFolder } from '#src/db/durable-file.ts';
import { tryLock } from '#src/db/lock.ts';
import { StartRefused } from '#src/errors.ts';
import { createServices } from '#src/services.ts';
import { askServer } from './ask-server.ts';
import type { Command, Options } from './command.ts';
import { explainFailure } from './failure.ts';
import { refuseOtherOwner } from './owner.ts';
import { readJson } from './stdin.ts';

// How long a server may take from holding the data folder to listening for commands.
const STARTING_MS = 10_000;
const LOOK_AGAIN_MS = 100;

/** Runs a command on the data folder of the configuration: inside its server when one runs, else right here. */
export async function runCommand(command: Command, options: Options): Promise<object> {
  const config = readConfig({ OONOBOX_LOG_LEVEL: 'warn', ...process.env });
  refuseOtherOwner(config.data);
  const stdin = command.stdin === null ? null : await readJson(command.stdin);
  const input = { options, stdin };

  const until = Date.now() + STARTING_MS;
  for (;;) {
    const result = await askServer(config.data, command.words, input);
    if (result) {
      return result;
    } else if (isFree(config.data)) {
      return await runHere(config, command, input);
    } else if (Date.now() > until) {
      throw new StartRefused(
        `The server on ${config.data} takes no commands: it is still starting, or about to end. Nothing was changed; try again in a moment.`,
      );
    }
    await Bun.sleep(LOOK_AGAIN_MS);
  }
}

function isFree(dataFolder: string): boolean {
  makeFolder(dataFolder);
  const held = tryLock(dataFolder);
  held?.release();
  return held !== null;
}

async function runHere(config: Config, command: Command, input: CommandInput): Promise<object> {
  const services = await createServices(config);
  // A command changes what is stored; sending what waits is the server's work.
  services.phase.draining = true;
  try {
    return await command.run(services, input);
  } catch (error) {
    throw new StartRefused(explainFailure(error, services.log));
  } finally {
    await services.close();
  }
}
