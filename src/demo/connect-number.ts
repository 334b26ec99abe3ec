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

export type ConnectedNumber = BusinessNumber & {
  numberId: number;
  webhookPath: string;
  accessToken: string;
  appSecret: string;
  verifyToken: string;
};

/** Gives the simulated WhatsApp a number and connects it to an account, the way an owner connects a real one. */
export async function connectNumber(
  { services, url }: Pick<RunningServer, 'services' | 'url'>,
  simulator: Simulator,
  accountId: number,
  number: BusinessNumber,
): Promise<ConnectedNumber> {
  const { phoneNumberId, wabaId, displayPhone, verifiedName } = number;
  const secrets = { accessToken: newSecret(), appSecret: newSecret(), verifyToken: newSecret() };
  simulator.addNumber({
    phoneNumberId,
    wabaId,
    displayPhoneNumber: displayPhone,
    verifiedName,
    webhookUrl: null,
    ...secrets,
  });
  const added = await numberAdd(services, {
    options: { account: String(accountId) },
    stdin: {
      phone_number_id: phoneNumberId,
      waba_id: wabaId,
      display_phone_number: displayPhone,
      access_token: secrets.accessToken,
      app_secret: secrets.appSecret,
      verify_token: secrets.verifyToken,
    },
  });
  simulator.setWebhook(phoneNumberId, `${url}${added.webhook_path}`);
  return { ...number, ...secrets, numberId: added.number_id, webhookPath: added.webhook_path };
}
