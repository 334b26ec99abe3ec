import { eq } from 'drizzle-orm';
import { startServer } from '#src/cli/running-server.ts';
import type { Config } from '#src/config.ts';
import { apiKeys } from '#src/db/schema/control.ts';
import { type SimulatedNumber, startSimulator } from '#src/simulator/simulator.ts';
import { createStoryClock } from './clock.ts';
import { closeShop } from './close-shop.ts';
import { newNumberSecrets, tellInbox } from './connect-number.ts';
import { createLoginLink, demoLogin, type LoginLinks } from './login.ts';
import { type OpenShop, openShop } from './open-shop.ts';
import { playStories } from './play.ts';
import { demoPages } from './routes.tsx';
import { shop as business } from './shop.ts';
import type { Agent } from './story.ts';

export type Demonstration = {
  /** The inbox's origin. */
  url: string;
  phoneUrl: string;
  apiKey: string;
  appSecret: string;
  /** An address that signs this agent of the present shop in, once. */
  loginUrl(agent: Agent): string;
  stop(): Promise<void>;
};

type Options = {
  /** The program's settings, once it is known where the simulated WhatsApp is. */
  configure(graphUrl: string): Config;
  /** Told when somebody has started over: the links of the shop before no longer work. */
  startedOver(): void;
};

const A_MONTH = 31 * 24 * 60 * 60 * 1000;
/** While stories are told nobody watches the ticks; afterwards they come as on a good day. */
const AT_ONCE = { sent: 0, delivered: 0 };
const ON_A_GOOD_DAY = { sent: 300, delivered: 700 };

/** Starts the program beside a simulated WhatsApp, and resolves when the shop has its month of history. */
export async function startDemonstration({ configure, startedOver }: Options): Promise<Demonstration> {
  const clock = createStoryClock(Date.now() - A_MONTH);
  const simulator = startSimulator({ now: clock.now, timeZone: business.timeZone });
  const links: LoginLinks = new Map();
  const server = await startServer(configure(simulator.url), {
    extras: (services) => [
      demoLogin(services, links),
      demoPages(services, { phoneUrl: simulator.phoneUrl, startOver, gallery }),
    ],
    replacements: { now: clock.now },
  });
  const app = newNumberSecrets();
  let shop = await tellStories();
  let beginning: Promise<OpenShop> | null = null;
  let showing: Promise<number> | null = null;
  const { apiKey } = shop;

  simulator.standBeside({
    url: `${server.url}/inbox`,
    startOverUrl: `${server.url}/demo/reset`,
    async renewToken({ displayPhoneNumber, ...number }: SimulatedNumber) {
      await tellInbox(server, shop.accountId, { ...number, displayPhone: displayPhoneNumber }, number);
    },
  });

  async function tellStories(): Promise<OpenShop> {
    clock.standAt(Date.now() - A_MONTH);
    simulator.statusDelays(AT_ONCE);
    const opened = await openShop(server, simulator, app);
    await playStories({ server, simulator, clock, shop: opened });
    simulator.statusDelays(ON_A_GOOD_DAY);
    return opened;
  }

  /** Asked twice at once it happens once. */
  async function startOver(): Promise<string> {
    beginning ??= beginAnew().finally(() => {
      beginning = null;
    });
    await beginning;
    return loginPath('rudo');
  }

  /** Once for each shop. */
  function gallery(): Promise<number> {
    showing ??= showEveryKind().catch((error) => {
      showing = null;
      throw error;
    });
    return showing;
  }

  async function showEveryKind(): Promise<number> {
    const { playGallery } = await import('./gallery/play-gallery.ts');
    const { accountId, userIds } = shop;
    return playGallery({ services: server.services, simulator, accountId, userId: userIds.rudo });
  }

  async function beginAnew(): Promise<OpenShop> {
    const { control } = server.services;
    const before = shop.accountId;
    links.clear();
    showing = null;
    await closeShop(server.services, shop);
    await simulator.reset();
    shop = await tellStories();
    // The key that was printed at the start goes on working.
    const moved = control.sql.update(apiKeys).set({ accountId: shop.accountId });
    await control.write('full', [moved.where(eq(apiKeys.accountId, before))]);
    simulator.showAgain();
    startedOver();
    return shop;
  }

  const loginPath = (agent: Agent) =>
    createLoginLink(links, { userId: shop.userIds[agent], accountId: shop.accountId });

  return {
    url: server.url,
    phoneUrl: simulator.phoneUrl,
    apiKey,
    appSecret: app.appSecret,
    loginUrl: (agent) => `${server.url}${loginPath(agent)}`,
    async stop() {
      await simulator.stop();
      await server.stop();
    },
  };
}
