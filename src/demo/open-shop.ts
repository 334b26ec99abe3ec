import { accountCreate } from '#src/accounts/commands.ts';
import { apiKeyCreate } from '#src/api/commands.ts';
import type { RunningServer } from '#src/cli/running-server.ts';
import { userAdd } from '#src/people/commands.ts';
import { newSecret } from '#src/sessions/secrets.ts';
import type { Simulator } from '#src/simulator/simulator.ts';
import { connectNumber } from './connect-number.ts';
import { agents, number, shop } from './shop.ts';
import type { Agent } from './story.ts';

export type OpenShop = {
  accountId: number;
  userIds: Record<Agent, number>;
  apiKey: string;
  appSecret: string;
};

/** Makes the shop with its two agents and its number, by the same commands an operator has. */
export async function openShop(server: RunningServer, simulator: Simulator): Promise<OpenShop> {
  const { services } = server;
  // Nobody is told these passwords: a link signs in.
  const { account_id, user_id } = await accountCreate(services, {
    options: {},
    stdin: { name: shop.name, time_zone: shop.timeZone, owner: { ...agents.rudo, password: newSecret() } },
  });
  const second = await userAdd(services, {
    options: {},
    stdin: { account_id, ...agents.tendai, password: newSecret(), role: 'agent' },
  });
  const { appSecret } = await connectNumber(server, simulator, account_id, number);
  const { key } = await apiKeyCreate(services, {
    options: { account: String(account_id), name: 'Demonstration' },
    stdin: null,
  });
  return {
    accountId: account_id,
    userIds: { rudo: user_id, tendai: second.user_id },
    apiKey: key,
    appSecret,
  };
}
