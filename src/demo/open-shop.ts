import { accountCreate } from '#src/accounts/commands.ts';
import { apiKeyCreate } from '#src/api/commands.ts';
import type { RunningServer } from '#src/cli/running-server.ts';
import { userAdd } from '#src/people/commands.ts';
import { newSecret } from '#src/sessions/secrets.ts';
import type { Simulator } from '#src/simulator/simulator.ts';
import { sampleTemplates } from '#src/simulator/templates/samples.ts';
import {
  type ConnectedNumber,
  connectNumber,
  type NumberSecrets,
  newNumberSecrets,
} from './connect-number.ts';
import { agents, numbers, shop } from './shop.ts';
import type { Agent } from './story.ts';

export type OpenShop = {
  accountId: number;
  userIds: Record<Agent, number>;
  apiKey: string;
  numbers: Record<keyof typeof numbers, ConnectedNumber>;
};

/**
 * Makes the shop with its agents and its two numbers, by the same commands an operator has. One app at Meta
 * serves both numbers, as it does for most businesses; each has a token of its own.
 */
export async function openShop(
  server: RunningServer,
  simulator: Simulator,
  { appSecret, verifyToken }: Pick<NumberSecrets, 'appSecret' | 'verifyToken'>,
): Promise<OpenShop> {
  const { services } = server;
  // Nobody is told these passwords: a link signs in.
  const { account_id, user_id } = await accountCreate(services, {
    options: {},
    stdin: { name: shop.name, time_zone: shop.timeZone, owner: { ...agents.rudo, password: newSecret() } },
  });
  const hire = async (agent: { name: string; email: string }) => {
    const stdin = { account_id, ...agent, password: newSecret(), role: 'agent' };
    return (await userAdd(services, { options: {}, stdin })).user_id;
  };
  const userIds = {
    rudo: user_id,
    tendai: await hire(agents.tendai),
    farai: await hire(agents.farai),
    amina: await hire(agents.amina),
  };
  for (const template of sampleTemplates) {
    simulator.templates.add(numbers.sales.wabaId, template);
  }
  const connect = (number: (typeof numbers)[keyof typeof numbers]) =>
    connectNumber(server, simulator, account_id, number, { ...newNumberSecrets(), appSecret, verifyToken });
  const connected = {
    sales: await connect(numbers.sales),
    deliveries: await connect(numbers.deliveries),
  };
  const { key } = await apiKeyCreate(services, {
    options: { account: String(account_id), name: 'Demonstration' },
    stdin: null,
  });
  return { accountId: account_id, userIds, apiKey: key, numbers: connected };
}
