import { type Config, readConfig } from '#src/config.ts';
import type { Options } from './command.ts';
import { openCommandSocket } from './command-socket.ts';
import { commands } from './commands.ts';
import { offerFirstRun } from './first-run-link.ts';
import { printResult } from './output.ts';
import { refuseOtherOwner } from './owner.ts';
import { startServer } from './running-server.ts';
import { untilToldToStop } from './signals.ts';

/** The product: runs until it is told to stop. With `--json` it prints `{"url"}` when it is ready. */
export async function serve(options: Options): Promise<number> {
  const config = readConfig();
  refuseOtherOwner(config.data);
  // Told so while it starts, it stops in good order once it has started.
  const stopped = untilToldToStop(async () => {
    const { server, socket } = await starting;
    server.services.log.info('stopping');
    await socket.close();
    await server.stop();
  });
  const starting = start(config);
  const { server } = await starting;
  const { services } = server;

  for (const name of config.unknown) {
    services.log.warn({ variable: name }, 'this environment variable is not known');
  }
  services.log.info({ url: server.url, data: config.data }, 'ready');
  if (options.json === true) {
    await printResult({ url: server.url }, true);
  }
  await offerFirstRun(services, server.url);
  return await stopped;
}

async function start(config: Config) {
  const server = await startServer(config);
  return { server, socket: await openCommandSocket(server.services, commands) };
}
