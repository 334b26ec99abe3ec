import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Options } from '#src/cli/command.ts';
import { print, printResult } from '#src/cli/output.ts';
import { untilToldToStop } from '#src/cli/signals.ts';
import { type Config, readConfig } from '#src/config.ts';
import { type Demonstration, startDemonstration } from './demonstration.ts';
import { numbers } from './shop.ts';

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
  const isRead = options.json !== true;

  const starting = startDemonstration({
    configure: (graphUrl) => configOf(folder, graphUrl, options),
    startedOver: () => void (isRead && starting.then(sayStartedOver)),
  });
  const stopped = untilToldToStop(async () => (await starting).stop());
  const demonstration = await starting;
  await (isRead ? print(inWords(demonstration)) : printResult(aboutOf(demonstration), true));
  return await stopped;
}

function aboutOf({ url, phoneUrl, apiKey, appSecret, loginUrl }: Demonstration): About {
  return {
    url,
    login_url: loginUrl('rudo'),
    api_key: apiKey,
    phone_url: phoneUrl,
    phone_number_id: numbers.sales.phoneNumberId,
    waba_id: numbers.sales.wabaId,
    app_secret: appSecret,
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

function inWords({ url, phoneUrl, loginUrl }: Demonstration): string {
  return `OonoBox runs at ${url}

  Sign in, once:       ${loginUrl('rudo')}
  As her colleague:    ${loginUrl('tendai')}
  A customer's phone:  ${phoneUrl}

Nothing leaves this computer. Everything is deleted when it ends: press Ctrl+C.
`;
}

const sayStartedOver = ({ loginUrl }: Demonstration) =>
  print(`Started over. Sign in, once: ${loginUrl('rudo')}\n`);
