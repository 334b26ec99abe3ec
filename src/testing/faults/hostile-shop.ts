import type { Client } from '../client.ts';
import { people } from '../people.ts';
import type { ServerProcess } from '../server-process.ts';
import { until } from '../until.ts';
import { type ApiClient, apiClient } from './api-client.ts';
import { type Install, openInstall } from './install.ts';
import { signIn } from './sign-in.ts';
import { kinds } from './webhook-kinds/all.ts';
import type { Kind } from './webhook-kinds/kind.ts';

/** The product before hostile text comes: everybody has written once and was answered. */
export type HostileShop = {
  install: Install;
  server: ServerProcess;
  api: ApiClient;
  ada: Client;
  /** Digits only: one customer for each kind of webhook. */
  phoneOf(kind: Kind): string;
  /** The wamid of the answer they got, to be quoted, reacted to and reported on. */
  answerTo(kind: Kind): string;
  /** Resolves when all that was acknowledged so far was taken in. */
  takenIn(): Promise<void>;
  close(): Promise<void>;
};

export async function openHostileShop(): Promise<HostileShop> {
  const install = await openInstall();
  const server = await install.start();
  const api = apiClient(install);
  const { phoneNumberId } = install.number;
  const phoneOf = (kind: Kind) => `26378${String(kinds.indexOf(kind)).padStart(7, '0')}`;
  for (const kind of kinds) {
    await install.simulator.customer(`+${phoneOf(kind)}`).say(phoneNumberId, 'hello');
  }
  const answers = await answerEverybody(api);
  let last = 0;

  return {
    install,
    server,
    api,
    ada: await signIn(install.url, people.ada),
    phoneOf,
    answerTo: (kind) => answers.get(phoneOf(kind)) ?? '',
    async takenIn() {
      // The journal is taken in as it came: when this is there, all before it was looked at.
      last += 1;
      await install.simulator.customer('+263788888888').say(phoneNumberId, `the last one, ${last}`);
      await until('the last message', async () => {
        const found = (await api.conversations()).find(({ contact }) => contact.phone === '+263788888888');
        return found && (await api.messages(found.id)).some(({ text }) => text === `the last one, ${last}`);
      });
    },
    close: () => install.close(),
  };
}

/** The answers' wamids by phone. */
async function answerEverybody(api: ApiClient): Promise<Map<string, string>> {
  const conversations = await until('everybody’s conversation', async () => {
    const found = await api.conversations();
    return found.length === kinds.length && found;
  });
  const answers = new Map<string, string>();
  for (const { id, contact } of conversations) {
    await api.send(id, 'an answer', `answer-${id}`);
    const wamid = await until('the answer’s id', async () => (await api.messages(id))[0]?.wamid);
    answers.set(contact.phone?.slice(1) ?? '', wamid);
  }
  return answers;
}
