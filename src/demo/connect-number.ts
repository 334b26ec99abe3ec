import type { RunningServer } from '#src/cli/running-server.ts';
import { numberAdd } from '#src/numbers/commands.ts';
import { newSecret } from '#src/sessions/secrets.ts';
import type { Simulator } from '#src/simulator/simulator.ts';

export type BusinessNumber = {
  phoneNumberId: string;
  wabaId: string;
  displayPhone: string;
  verifiedName: string;
};

/** What Meta's app and a number of it are connected with. */
export type NumberSecrets = { accessToken: string; appSecret: string; verifyToken: string };

export type ConnectedNumber = BusinessNumber & NumberSecrets & { numberId: number; webhookPath: string };

type Server = Pick<RunningServer, 'services' | 'url'>;

export function newNumberSecrets(): NumberSecrets {
  return { accessToken: newSecret(), appSecret: newSecret(), verifyToken: newSecret() };
}

/** Gives the simulated WhatsApp a number and connects it to an account, the way an owner connects a real one. */
export async function connectNumber(
  server: Server,
  simulator: Simulator,
  accountId: number,
  number: BusinessNumber,
  secrets: NumberSecrets = newNumberSecrets(),
): Promise<ConnectedNumber> {
  const { phoneNumberId, wabaId, displayPhone, verifiedName } = number;
  simulator.addNumber({
    phoneNumberId,
    wabaId,
    displayPhoneNumber: displayPhone,
    verifiedName,
    webhookUrl: null,
    ...secrets,
  });
  const added = await tellInbox(server, accountId, number, secrets);
  simulator.setWebhook(phoneNumberId, `${server.url}${added.webhook_path}`);
  return { ...number, ...secrets, numberId: added.number_id, webhookPath: added.webhook_path };
}

/** Adds the number to the account, or gives it other secrets: what waited for a new token goes on. */
export function tellInbox(
  { services }: Pick<Server, 'services'>,
  accountId: number,
  { phoneNumberId, wabaId, displayPhone }: BusinessNumber,
  { accessToken, appSecret, verifyToken }: NumberSecrets,
) {
  return numberAdd(services, {
    options: { account: String(accountId) },
    stdin: {
      phone_number_id: phoneNumberId,
      waba_id: wabaId,
      display_phone_number: displayPhone,
      access_token: accessToken,
      app_secret: appSecret,
      verify_token: verifyToken,
    },
  });
}
