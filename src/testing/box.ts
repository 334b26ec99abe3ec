import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountCreate } from '#src/accounts/commands.ts';
import { apiKeyCreate } from '#src/api/commands.ts';
import { startServer } from '#src/cli/running-server.ts';
import { readConfig } from '#src/config.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { type ConnectedNumber, connectNumber } from '#src/demo/connect-number.ts';
import { userAdd } from '#src/people/commands.ts';
import type { Services } from '#src/services.ts';
import { cookieName } from '#src/sessions/cookie.ts';
import { storeOf } from '#src/sessions/find-session.ts';
import { type Simulator, startSimulator } from '#src/simulator/simulator.ts';
import { intakeIdle } from '#src/webhooks/intake.ts';
import { type Client, createClient } from './client.ts';
import { openTestLog } from './log.ts';
import { people, stranger } from './people.ts';

/** A whole install: real storage, a real server on a free port, and a simulated WhatsApp at the other end. */
export type Box = {
  url: string;
  services: Services;
  simulator: Simulator;
  accountId: number;
  number: ConnectedNumber;
  apiKey: string;
  userIds: Record<keyof typeof people, number>;
  /** Somebody of Ada's account, signed in; each call is a session of its own. */
  as(person: keyof typeof people): Promise<Client>;
  anonymous: Client;
  /** The owner of another account on this install, made at the first call. */
  asStranger(): Promise<Client>;
  /** Calls the API with a key of that other account. */
  strangerApi(): Promise<Box['api']>;
  /** Reads or writes the account's database, for what no page shows. */
  inbox<T>(work: (inbox: Inbox) => Promise<T>): Promise<T>;
  /** Calls the API with the account's key. */
  api(path: string, init?: RequestInit): Promise<Response>;
  /** Waits until every webhook was delivered and understood. */
  settled(): Promise<void>;
  close(): Promise<void>;
};

type BoxOptions = {
  now?: () => number;
  /** More settings than every box has. */
  env?: Readonly<Record<string, string>>;
};

export async function openBox({ now = Date.now, env = {} }: BoxOptions = {}): Promise<Box> {
  const folder = mkdtempSync(join(tmpdir(), 'oonobox-test-'));
  const simulator = startSimulator({ now });
  const config = readConfig({
    OONOBOX_DATA: folder,
    OONOBOX_HOST: '127.0.0.1',
    OONOBOX_PORT: '0',
    OONOBOX_GRAPH_URL: simulator.url,
    ...env,
  });
  const server = await startServer(config, { replacements: { now, log: openTestLog() } });
  const { services, url } = server;

  const { account_id: accountId, user_id: ada } = await accountCreate(services, {
    options: {},
    stdin: { name: 'Mbare Hardware', time_zone: 'Africa/Harare', owner: people.ada },
  });
  const { user_id: bo } = await userAdd(services, {
    options: {},
    stdin: { account_id: accountId, ...people.bo },
  });
  const number = await connectNumber(server, simulator, accountId, {
    phoneNumberId: '106540352242922',
    wabaId: '102290129340398',
    displayPhone: '+263 77 000 0100',
    verifiedName: 'Mbare Hardware',
  });
  await services.templates.idle();
  const createKey = async (account: number) => {
    const options = { account: String(account), name: 'Tests' };
    return (await apiKeyCreate(services, { options, stdin: null })).key;
  };
  const apiKey = await createKey(accountId);
  const userIds = { ada, bo };
  const inbox: Box['inbox'] = (work) => services.accounts.use(accountId, work);

  const signIn = async (userId: number, account: number) => {
    const token = await storeOf(services).begin({
      userId,
      accountId: account,
      epoch: 0,
      ip: null,
      agent: null,
    });
    return createClient(url, `${cookieName(config)}=${token}`);
  };
  let other: Promise<{ user_id: number; account_id: number }> | null = null;
  const openOther = () => {
    other ??= accountCreate(services, { options: {}, stdin: { name: 'Other shop', owner: stranger } });
    return other;
  };
  const callApi =
    (key: string): Box['api'] =>
    (path, init = {}) =>
      fetch(`${url}${path}`, { ...init, headers: { authorization: `Bearer ${key}`, ...init.headers } });

  return {
    url,
    services,
    simulator,
    accountId,
    number,
    apiKey,
    userIds,
    as: (person) => signIn(userIds[person], accountId),
    anonymous: createClient(url),
    async asStranger() {
      const { user_id, account_id } = await openOther();
      return signIn(user_id, account_id);
    },
    async strangerApi() {
      const { account_id } = await openOther();
      return callApi(await createKey(account_id));
    },
    inbox,
    api: callApi(apiKey),
    async settled() {
      await simulator.settled();
      await inbox(intakeIdle);
    },
    async close() {
      await simulator.stop();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
