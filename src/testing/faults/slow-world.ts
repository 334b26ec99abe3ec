import { people } from '../people.ts';
import type { ServerProcess } from '../server-process.ts';
import { until } from '../until.ts';
import { type ApiClient, apiClient } from './api-client.ts';
import { figuresOf } from './figures.ts';
import { type Install, openInstall } from './install.ts';
import { signIn } from './sign-in.ts';
import { openTab, type Tab } from './tab.ts';

/** The product with people who use it as they should, while others hold it up. */
export type SlowWorld = {
  install: Install;
  server: ServerProcess;
  api: ApiClient;
  cookie: string;
  /** The conversation of the customer who writes. */
  conversationId: number;
  /** A customer writes to that conversation and is acknowledged. */
  say(text: string): Promise<void>;
  /** A customer writes and is acknowledged, an agent's page loads, the message is pushed to them. */
  serveOthers(): Promise<void>;
  /** Above what it was when nobody held it up, MB. */
  growth(): number;
  /** Resolves when as many handles are open as then. */
  released(): Promise<void>;
  close(): Promise<void>;
};

/** What a tab of the agent's and its connections may take more or less. */
const A_FEW_HANDLES = 8;

export async function openSlowWorld(): Promise<SlowWorld> {
  const install = await openInstall();
  const server = await install.start();
  const api = apiClient(install);
  const ada = await signIn(install.url, people.ada);
  const cookie = ada.cookie ?? '';
  const noor = install.simulator.customer('+263771234567');
  const { phoneNumberId } = install.number;
  await noor.say(phoneNumberId, 'hello');
  const [conversation] = await until('the conversation', async () => {
    const found = await api.conversations();
    return found.length > 0 && found;
  });
  const conversationId = conversation?.id ?? 0;
  let said = 0;
  let tab: Tab = await openTab(install.url, cookie, conversationId);

  const say = async (text: string) => {
    await noor.say(phoneNumberId, text, { retry: false });
  };

  async function serveOthers(): Promise<void> {
    said += 1;
    const text = `served ${said} times`;
    await say(text);
    if (!tab.isOpen()) {
      tab = await openTab(install.url, cookie, conversationId);
    }
    await tab.hears(text);
    const page = await ada.get('/inbox/all');
    if (!(await page.text()).includes(text)) {
      throw new Error(`The list does not show "${text}": ${page.status}`);
    }
  }
  for (let round = 0; round < 20; round++) {
    await serveOthers();
  }
  const atFirst = figuresOf(server.pid);

  return {
    install,
    server,
    api,
    cookie,
    conversationId,
    say,
    serveOthers,
    growth: () => figuresOf(server.pid).rssMb - atFirst.rssMb,
    async released() {
      await until(
        'the handles to be released',
        async () => figuresOf(server.pid).handles <= atFirst.handles + A_FEW_HANDLES,
      );
    },
    async close() {
      tab.close();
      await install.close();
    },
  };
}
