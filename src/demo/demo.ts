import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Options } from '#src/cli/command.ts';
import { print, printResult } from '#src/cli/output.ts';
import { startServer } from '#src/cli/running-server.ts';
import { untilToldToStop } from '#src/cli/signals.ts';
import { type Config, readConfig } from '#src/config.ts';
import { startSimulator } from '#src/simulator/simulator.ts';
import { createStoryClock } from './clock.ts';
import { createLoginLink, demoLogin, type LoginLinks } from './login.ts';
import { openShop } from './open-shop.ts';
import { playStories } from './play.ts';
import { number } from './shop.ts';

const TWO_DAYS = 2 * 24 * 60 * 60 * 1000;

type Demonstration = { about: About; stop(): Promise<void> };

type About = {
  url: string;
  login_url: string;
  api_key: string;
  phone_url: string;
  phone_number_id: string;
  waba_id: string;
  app_secret: string;
};

/** Runs the shop until it is told to stop. Its folder goes with the process, however that ends. */
export async function demo(options: Options): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'oonobox-demo-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

  const opening = open(folder, options);
  const stopped = untilToldToStop(async () => (await opening).stop());
  const { about } = await opening;
  if (options.json === true) {
    await printResult(about, true);
  } else {
    await print(inWords(about));
  }
  return await stopped;
}

async function open(folder: string, options: Options): Promise<Demonstration> {
  const clock = createStoryClock(Date.now() - TWO_DAYS);
  const simulator = startSimulator({ now: clock.now, statusDelays: { sent: 300, delivered: 700 } });
  const links: LoginLinks = new Map();
  const server = await startServer(configOf(folder, simulator.url, options), {
    extras: (services) => [demoLogin(services, links)],
    replacements: { now: clock.now },
  });
  const shop = await openShop(server, simulator);
  await playStories({ server, simulator, clock, shop });

  const path = createLoginLink(links, { userId: shop.userIds.rudo, accountId: shop.accountId });
  return {
    about: {
      url: server.url,
      login_url: `${server.url}${path}`,
      api_key: shop.apiKey,
      phone_url: simulator.phoneUrl,
      phone_number_id: number.phoneNumberId,
      waba_id: number.wabaId,
      app_secret: shop.appSecret,
    },
    async stop() {
      await simulator.stop();
      await server.stop();
    },
  };
}

/** Only where to listen comes from outside: a demonstration never touches the data or keys of a real install. */
function configOf(folder: string, graphUrl: string, options: Options): Config {
  const { OONOBOX_PORT, OONOBOX_HOST, OONOBOX_LOG_LEVEL } = process.env;
  const config = readConfig({
    OONOBOX_DATA: folder,
    OONOBOX_GRAPH_URL: graphUrl,
    OONOBOX_SIGNUPS: 'closed',
    OONOBOX_PORT: typeof options.port === 'string' ? options.port : OONOBOX_PORT,
    OONOBOX_HOST: typeof options.host === 'string' ? options.host : (OONOBOX_HOST ?? '127.0.0.1'),
    OONOBOX_LOG_LEVEL: OONOBOX_LOG_LEVEL ?? 'warn',
  });
  return Object.freeze({ ...config, isDemo: true });
}

function inWords({ url, login_url, phone_url }: About): string {
  return `OonoBox runs at ${url}

  Sign in, once:       ${login_url}
  A customer's phone:  ${phone_url}

Everything is deleted when it ends: press Ctrl+C.
`;
}
