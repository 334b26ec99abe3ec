import type { AnyElysia } from 'elysia';
import { createApp } from '#src/app.ts';
import type { Config } from '#src/config.ts';
import { StartRefused } from '#src/errors.ts';
import { createScheduler } from '#src/jobs/scheduler.ts';
import { settleLeftovers } from '#src/ops/leftovers.ts';
import { createServices, type Replacements, type Services } from '#src/services.ts';

export type RunningServer = {
  services: Services;
  /** The origin people open, without a trailing slash: the public one if it is configured. */
  url: string;
  port: number;
  /** Finishes what is under way, stops listening and closes the data folder. */
  stop(): Promise<void>;
};

export type ServerParts = {
  /** Routes beside the product's own, made once the services exist. */
  extras?: (services: Services) => AnyElysia[];
  replacements?: Replacements;
};

const SENDS_IN_FLIGHT_MS = 10_000;

/** Opens the data folder, listens, and takes up what waits: due messages, and what a crash left. */
export async function startServer(
  config: Config,
  { extras, replacements }: ServerParts = {},
): Promise<RunningServer> {
  const services = await createServices(config, replacements);
  try {
    const reopened = services.pickUps.begin(await settleLeftovers(services));
    const app = createApp(services, extras?.(services));
    const server = listen(app, config);
    services.live.attach(server);
    services.watch.start();
    const scheduler = createScheduler(services);
    await scheduler.start(reopened);
    return {
      services,
      port: server.port ?? config.port,
      url: config.url ?? originOf(config.host, server.port ?? config.port),
      async stop() {
        services.phase.draining = true;
        await scheduler.stop();
        // Requests are answered until the sends in flight are settled; only then may the databases close.
        await services.fetching.stop();
        await services.delivery.stop(SENDS_IN_FLIGHT_MS);
        await services.live.drain();
        await server.stop(true);
        await services.close();
      },
    };
  } catch (error) {
    await services.close();
    throw error;
  }
}

function listen(app: ReturnType<typeof createApp>, { host, port }: Config) {
  try {
    // Elysia's default shares the port with whoever else of this user does: each would get some of the webhooks.
    app.listen({ hostname: host, port, reusePort: false });
  } catch (error) {
    throw new StartRefused(whyNotListening(error, host, port), { cause: error });
  }
  if (!app.server) {
    throw new StartRefused(`Nothing listens on ${host}:${port}.`);
  }
  return app.server;
}

function whyNotListening(error: unknown, host: string, port: number): string {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  if (code === 'EADDRINUSE') {
    return `Port ${port} on ${host} is taken by another program: stop it, or choose another port with OONOBOX_PORT.`;
  } else if (code === 'EACCES') {
    return `Port ${port} may not be opened by this user: choose one above 1023 with OONOBOX_PORT.`;
  } else {
    return `OonoBox cannot listen on ${host}:${port} (${code || 'unknown reason'}): check OONOBOX_HOST and OONOBOX_PORT.`;
  }
}

function originOf(host: string, port: number): string {
  const everywhere = host === '0.0.0.0' || host === '::';
  const name = everywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
