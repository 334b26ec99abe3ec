import { askServer } from '#src/cli/ask-server.ts';
import type { Options } from '#src/cli/command.ts';
import type { SimulatedNumber, Simulator } from '#src/simulator/simulator.ts';
import type { Person } from '../people.ts';
import { runProgram } from '../server-process.ts';

/** An account of an install, and how to reach it. */
export type Business = { accountId: number; apiKey: string; number: SimulatedNumber; owner: Person };

type Env = Record<string, string>;
type Place = { env: Env; simulator: Simulator; url: string };

/** Makes an account with a number and a key through the program's own commands, whether its server runs or not. */
export async function makeBusiness(
  { env, simulator, url }: Place,
  { name, owner }: { name: string; owner: Person },
): Promise<Business> {
  const { account_id: accountId } = await command(env, 'account create', {}, { name, owner });
  const number = simulatedNumber(accountId, name);
  simulator.addNumber(number);
  const account = { account: String(accountId) };
  const { webhook_path: path } = await command(env, 'number add', account, {
    phone_number_id: number.phoneNumberId,
    waba_id: number.wabaId,
    display_phone_number: number.displayPhoneNumber,
    access_token: number.accessToken,
    app_secret: number.appSecret,
    verify_token: number.verifyToken,
  });
  simulator.setWebhook(number.phoneNumberId, `${url}${path}`);
  return { accountId, apiKey: await createKey(env, accountId), number, owner };
}

export async function createKey(env: Env, accountId: number): Promise<string> {
  const { key } = await command(env, 'api-key create', { account: String(accountId), name: 'test' });
  return key;
}

/** Ids of Meta's kind, different for each account. */
function simulatedNumber(accountId: number, verifiedName: string): SimulatedNumber {
  return {
    phoneNumberId: `1065${accountId}`,
    wabaId: `1022${accountId}`,
    displayPhoneNumber: '+263 77 010 0200',
    verifiedName,
    accessToken: `EAAGtoken-of-${accountId}`,
    appSecret: `app-secret-of-${accountId}`,
    verifyToken: `verify-token-of-${accountId}`,
    webhookUrl: null,
  };
}

/** Each command answers with some of it. */
type Answered = { account_id: number; webhook_path: string; key: string };

/** Asks the running server, as the program's command line does; without one it is for that to do, in a process of its own. */
async function command(
  { OONOBOX_DATA = '', ...env }: Env,
  words: string,
  options: Options,
  stdin: object = {},
): Promise<Answered> {
  const answered = await askServer(OONOBOX_DATA, words, { options, stdin });
  if (answered) {
    return answered as Answered;
  }
  const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const { code, stdout, stderr } = await runProgram([...words.split(' '), ...flags, '--json'], {
    env: { ...env, OONOBOX_DATA },
    stdin: JSON.stringify(stdin),
  });
  if (code !== 0) {
    throw new Error(`${words} ended with ${code}: ${stderr}`);
  }
  return JSON.parse(stdout);
}
