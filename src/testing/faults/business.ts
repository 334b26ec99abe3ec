import type { SimulatedNumber, Simulator } from '#src/simulator/simulator.ts';
import type { Person } from '../people.ts';
import { runProgram } from '../server-process.ts';

/** An account of an install, and how to reach it. */
export type Business = { accountId: number; apiKey: string; number: SimulatedNumber; owner: Person };

type Place = { env: Record<string, string>; simulator: Simulator; url: string };

/** Makes an account with a number and a key through the program's own commands, whether its server runs or not. */
export async function makeBusiness(
  { env, simulator, url }: Place,
  { name, owner }: { name: string; owner: Person },
): Promise<Business> {
  const { account_id: accountId } = await command(env, ['account', 'create'], { name, owner });
  const number = simulatedNumber(accountId, name);
  simulator.addNumber(number);
  const { webhook_path: path } = await command(env, ['number', 'add', '--account', String(accountId)], {
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

export async function createKey(env: Record<string, string>, accountId: number): Promise<string> {
  const { key } = await command(env, ['api-key', 'create', '--account', String(accountId), '--name', 'test']);
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

async function command(env: Record<string, string>, args: string[], stdin: object = {}) {
  const { code, stdout, stderr } = await runProgram([...args, '--json'], {
    env,
    stdin: JSON.stringify(stdin),
  });
  if (code !== 0) {
    throw new Error(`${args.join(' ')} ended with ${code}: ${stderr}`);
  }
  return JSON.parse(stdout);
}
