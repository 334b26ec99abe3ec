import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulator } from '#src/simulator/simulator.ts';
import { type Person, people } from '#src/testing/people.ts';
import { runProgram, type ServerProcess, startProcess } from '#src/testing/server-process.ts';
import type { Line, Target } from './load/job.ts';
import type { Undoing } from './undoing.ts';

/** A data folder with one account and one number, made through the program's own commands. */
export type Install = {
  folder: string;
  accountId: number;
  apiKey: string;
  line: Line;
  webhookPath: string;
};

/** The program on it, as a process. */
export type Running = { url: string; target: Target; pid: number; process: ServerProcess };

const number = {
  phoneNumberId: '106540352242922',
  wabaId: '102290129340398',
  displayPhoneNumber: '+263 77 010 0200',
  verifiedName: 'Mbare Hardware',
  accessToken: 'EAAGtoken-of-the-bench',
  appSecret: 'app-secret-of-the-bench',
  verifyToken: 'verify-token-of-the-bench',
  webhookUrl: null,
};

export const owner: Person = people.ada;

export function temporaryFolder(undoing: Undoing): string {
  const folder = mkdtempSync(join(tmpdir(), 'oonobox-bench-'));
  undoing.defer(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Makes the first one by commands, and gives copies of it after that. */
export function createInstallMaker(undoing: Undoing): (folder: string) => Promise<Install> {
  const first = join(temporaryFolder(undoing), 'data');
  let made: Promise<Install> | null = null;
  return async (folder) => {
    made ??= makeByCommands(first);
    const install = await made;
    cpSync(first, folder, { recursive: true });
    return { ...install, folder };
  };
}

async function makeByCommands(folder: string): Promise<Install> {
  const command = async (words: string, options: string[] = [], stdin: object = {}) => {
    const { code, stdout, stderr } = await runProgram([...words.split(' '), ...options, '--json'], {
      env: { OONOBOX_DATA: folder, OONOBOX_LOG_LEVEL: 'warn' },
      stdin: JSON.stringify(stdin),
    });
    if (code !== 0) {
      throw new Error(`${words} ended with ${code}: ${stderr}`);
    }
    return JSON.parse(stdout);
  };
  const { account_id: accountId } = await command('account create', [], { name: 'Mbare', owner });
  const account = ['--account', String(accountId)];
  const { webhook_path: webhookPath } = await command('number add', [...account, '--trust'], {
    phone_number_id: number.phoneNumberId,
    waba_id: number.wabaId,
    display_phone_number: number.displayPhoneNumber,
    access_token: number.accessToken,
    app_secret: number.appSecret,
    verify_token: number.verifyToken,
  });
  const { key: apiKey } = await command('api-key create', [...account, '--name', 'bench']);
  return { folder, accountId, apiKey, line: number, webhookPath };
}

/** Starts the program on it, with a simulated WhatsApp at the other end. */
export async function startInstall(undoing: Undoing, install: Install): Promise<Running> {
  const server = await startProgram(undoing, install.folder);
  const { url = '' } = server.ready;
  const target = { url: `${url}${install.webhookPath}`, line: install.line };
  return { url, target, pid: server.pid, process: server };
}

/** Starts the program on a data folder. */
export async function startProgram(undoing: Undoing, folder: string): Promise<ServerProcess> {
  const simulator = startSimulator();
  undoing.defer(() => simulator.stop());
  simulator.addNumber(number);
  const server = await startProcess({
    OONOBOX_DATA: folder,
    OONOBOX_GRAPH_URL: simulator.url,
    OONOBOX_LOG_LEVEL: 'warn',
  });
  undoing.defer(() => server.end('SIGKILL'));
  return server;
}
