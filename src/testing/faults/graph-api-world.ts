import { join } from 'node:path';
import type { SimulatedNumber } from '#src/simulator/simulator.ts';
import type { ServerProcess } from '../server-process.ts';
import { until } from '../until.ts';
import { apiClient } from './api-client.ts';
import { type Install, openInstall } from './install.ts';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts';

/** A conversation with a customer who has just written, so that free text may be sent. */
export type Chat = { phone: string; number: SimulatedNumber; conversationId: number };

/** The product with a line to Meta that a test can break, and what both ends of it know. */
export type LineWorld = {
  install: Install;
  proxy: TcpProxy;
  server: ServerProcess;
  /** One more conversation for each of these numbers. */
  meet(numbers: readonly SimulatedNumber[]): Promise<Chat[]>;
  /** An integrator sends the same to each of these; to nobody the same twice. */
  write(chats: readonly Chat[], text: string): Promise<void>;
  statusOf(chat: Chat, text: string): Promise<string | undefined>;
  /** Resolves when the text stands so in each of these. */
  untilSo(chats: readonly Chat[], text: string, status: string): Promise<void>;
  /** How often Meta took it for this customer. */
  timesSent(chat: Chat, text: string): number;
  close(): Promise<void>;
};

export async function openLineWorld(): Promise<LineWorld> {
  const install = await openInstall();
  const proxy = startTcpProxy({ port: Number(new URL(install.simulator.url).port) });
  const server = await install.start(undefined, {
    OONOBOX_GRAPH_URL: proxy.url,
    BUN_OPTIONS: `--preload=${join(import.meta.dir, 'clock-jump.ts')}`,
  });
  const api = apiClient(install);
  let people = 0;

  const statusOf: LineWorld['statusOf'] = async ({ conversationId }, text) =>
    (await api.messages(conversationId)).find((message) => message.text === text)?.status;

  return {
    install,
    proxy,
    server,
    async meet(numbers) {
      const met = numbers.map((number) => ({ number, phone: `+26371${String(people++).padStart(7, '0')}` }));
      for (const { number, phone } of met) {
        await install.simulator.customer(phone).say(number.phoneNumberId, 'hello');
      }
      return await until('a conversation with everybody', async () => {
        const ids = new Map((await api.conversations()).map(({ id, contact }) => [contact.phone, id]));
        const chats = met.map((one) => ({ ...one, conversationId: ids.get(one.phone) ?? 0 }));
        return chats.every(({ conversationId }) => conversationId > 0) && chats;
      });
    },
    async write(chats, text) {
      for (const { conversationId } of chats) {
        const status = await api.send(conversationId, text, crypto.randomUUID());
        if (status !== 202) {
          throw new Error(`"${text}" was answered ${status}`);
        }
      }
    },
    statusOf,
    async untilSo(chats, text, status) {
      for (const chat of chats) {
        await until(
          `"${text}" to ${chat.phone} to be ${status}`,
          async () => (await statusOf(chat, text)) === status,
        );
      }
    },
    timesSent: ({ phone }, text) =>
      install.simulator.sent.filter(({ input, body }) => input === phone && textOf(body) === text).length,
    async close() {
      await install.close();
      proxy.stop();
    },
  };
}

/** Which number a request to the Graph API sends from, by its id; '' when it sends nothing. */
export const sentBy = (request: string): string => /^POST \/[^/]+\/(\d+)\/messages /.exec(request)?.[1] ?? '';

export function textOf({ text }: Record<string, unknown>): unknown {
  return typeof text === 'object' && text !== null && 'body' in text ? text.body : null;
}
