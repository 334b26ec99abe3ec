import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '#src/simulator/port.ts';
import { type SimulatedNumber, type Simulator, startSimulator } from '#src/simulator/simulator.ts';
import { type Person, people } from '../people.ts';
import { type ServerProcess, startProcess } from '../server-process.ts';
import { type Business, createKey, makeBusiness } from './business.ts';

/** A whole install as its owner has it: the program as a process, its data folder, and a simulated WhatsApp. */
export type Install = {
  folder: string;
  env: Record<string, string>;
  simulator: Simulator;
  number: SimulatedNumber;
  accountId: number;
  apiKey: string;
  /** One more key of the same account. */
  createKey(): Promise<string>;
  /** One more account on the same install, with a number and a key of its own. */
  addBusiness(details: { name: string; owner: Person }): Promise<Business>;
  start(
    args?: readonly string[],
    more?: Record<string, string>,
    under?: readonly string[],
  ): Promise<ServerProcess>;
  url: string;
  /** Ends what still runs, stops the simulator and deletes the folder. */
  close(): Promise<void>;
};

type Options = {
  /** Instead of a temporary folder, for example one on a small disk. */
  folder?: string;
};

/** Makes the account, the number and the key through the program's own commands. */
export async function openInstall({
  folder = mkdtempSync(join(tmpdir(), 'oonobox-install-')),
}: Options = {}): Promise<Install> {
  // The oracle counts all that was ever sent.
  const simulator = startSimulator({ kept: 100_000 });
  // Kept over restarts, so that webhooks find the server again.
  const port = freePort();
  const env = {
    OONOBOX_DATA: folder,
    OONOBOX_PORT: String(port),
    OONOBOX_HOST: '127.0.0.1',
    OONOBOX_GRAPH_URL: simulator.url,
    OONOBOX_LOG_LEVEL: 'warn',
  };
  const url = `http://127.0.0.1:${port}`;
  const first = await makeBusiness({ env, simulator, url }, { name: 'Mbare Hardware', owner: people.ada });
  const { accountId, number, apiKey } = first;
  const started: ServerProcess[] = [];

  return {
    folder,
    env,
    simulator,
    number,
    accountId,
    apiKey,
    createKey: () => createKey(env, accountId),
    addBusiness: (details) => makeBusiness({ env, simulator, url }, details),
    url,
    async start(args, more, under) {
      const server = await startProcess({ ...env, ...more }, args, under);
      started.push(server);
      return server;
    },
    async close() {
      await Promise.all(started.map((server) => server.end('SIGKILL')));
      await simulator.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
