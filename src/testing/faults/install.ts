import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SimulatedNumber, type Simulator, startSimulator } from '#src/simulator/simulator.ts';
import { people } from '../people.ts';
import { runProgram, type ServerProcess, startProcess } from '../server-process.ts';

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
  const port = freePort();
  const env = {
    OONOBOX_DATA: folder,
    OONOBOX_PORT: String(port),
    OONOBOX_HOST: '127.0.0.1',
    OONOBOX_GRAPH_URL: simulator.url,
    OONOBOX_LOG_LEVEL: 'warn',
  };
  const command = async (args: string[], stdin: object = {}) => {
    const { code, stdout, stderr } = await runProgram([...args, '--json'], {
      env,
      stdin: JSON.stringify(stdin),
    });
    if (code !== 0) {
      throw new Error(`${args.join(' ')} ended with ${code}: ${stderr}`);
    }
    return JSON.parse(stdout);
  };

  const number: SimulatedNumber = {
    phoneNumberId: '106540352242922',
    wabaId: '102290129340398',
    displayPhoneNumber: '+263 77 010 0200',
    verifiedName: 'Mbare Hardware',
    accessToken: 'EAAGtoken-of-the-test',
    appSecret: 'app-secret-of-the-test',
    verifyToken: 'verify-token-of-the-test',
    webhookUrl: null,
  };
  simulator.addNumber(number);
  const { account_id: accountId } = await command(['account', 'create'], {
    name: 'Mbare',
    owner: people.ada,
  });
  const { webhook_path: path } = await command(['number', 'add', '--account', String(accountId)], {
    phone_number_id: number.phoneNumberId,
    waba_id: number.wabaId,
    display_phone_number: number.displayPhoneNumber,
    access_token: number.accessToken,
    app_secret: number.appSecret,
    verify_token: number.verifyToken,
  });
  const createKey = async (): Promise<string> => {
    const made = await command(['api-key', 'create', '--account', String(accountId), '--name', 'test']);
    return made.key;
  };
  const apiKey = await createKey();
  const started: ServerProcess[] = [];
  const url = `http://127.0.0.1:${port}`;
  simulator.setWebhook(number.phoneNumberId, `${url}${path}`);

  return {
    folder,
    env,
    simulator,
    number,
    accountId,
    apiKey,
    createKey,
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

/** A port nobody has at the moment, kept over restarts so that webhooks find the server again. */
function freePort(): number {
  const probe = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: () => new Response() });
  const { port } = probe;
  probe.stop(true);
  return port ?? 0;
}
