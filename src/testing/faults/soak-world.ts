import type { Customer, SimulatedNumber } from '#src/simulator/simulator.ts';
import type { Client } from '../client.ts';
import { people } from '../people.ts';
import type { ServerProcess } from '../server-process.ts';
import { until } from '../until.ts';
import { type ApiClient, type ApiConversation, apiClient } from './api-client.ts';
import { command } from './command.ts';
import { type Install, openInstall } from './install.ts';
import { connectNumber } from './numbers.ts';
import { signIn } from './sign-in.ts';

/** One of the businesses on the install, its owner at the pages, and what it must have in the end. */
export type Shop = {
  accountId: number;
  number: SimulatedNumber;
  api: ApiClient;
  owner: Client;
  ownerId: number;
  customers: Customer[];
  conversations: ApiConversation[];
  /** wamids that were answered 200. */
  received: Set<string>;
  /** Texts that were answered 202. */
  written: Set<string>;
};

export type SoakWorld = { install: Install; server: ServerProcess; shops: Shop[]; close(): Promise<void> };

const SHOPS = 12;
/** Fewer than there are shops: they are opened and closed as they are needed. */
const OPEN_ACCOUNTS = 4;
/** So many that no reply has to wait for another one to the same customer. */
const CUSTOMERS = 40;

export async function openSoakWorld(): Promise<SoakWorld> {
  const install = await openInstall();
  const server = await install.start(undefined, {
    OONOBOX_OPEN_ACCOUNTS: String(OPEN_ACCOUNTS),
    OONOBOX_LOG_LEVEL: 'info',
  });
  const shops: Shop[] = [];
  for (let place = 0; place < SHOPS; place++) {
    shops.push(await openShop(install, place));
  }
  return { install, server, shops, close: () => install.close() };
}

async function openShop(install: Install, place: number): Promise<Shop> {
  const owner = { ...people.ada, email: `owner-${place}@mbare.example` };
  const created = await command(install, 'account create', {}, { name: `Shop ${place}`, owner });
  const accountId = Number(created.account_id);
  const options = { account: String(accountId), name: 'soak' };
  const { key } = await command(install, 'api-key create', options);
  const number = await connectNumber(install, accountId, place);
  const api = apiClient({ url: install.url, apiKey: String(key) });
  const customers = Array.from({ length: CUSTOMERS }, (_, nth) =>
    install.simulator.customer(`+2637${String(place).padStart(2, '0')}${String(nth).padStart(6, '0')}`),
  );
  const received = new Set<string>();
  for (const customer of customers) {
    received.add(await customer.say(number.phoneNumberId, 'hello'));
  }
  const conversations = await until(`the conversations of shop ${place}`, async () => {
    const found = await api.conversations();
    return found.length === CUSTOMERS && found;
  });
  return {
    accountId,
    number,
    api,
    owner: await signIn(install.url, owner),
    ownerId: Number(created.user_id),
    customers,
    conversations,
    received,
    written: new Set(),
  };
}
