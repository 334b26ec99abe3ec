import type { SimulatedNumber } from '#src/simulator/simulator.ts';
import { command } from './command.ts';
import type { Install } from './install.ts';

/** Connects one more number, to the install's own account or another one, while the server runs. */
export async function connectNumber(
  install: Pick<Install, 'folder' | 'simulator' | 'url' | 'number'>,
  accountId: number,
  place: number,
): Promise<SimulatedNumber> {
  const number: SimulatedNumber = {
    ...install.number,
    phoneNumberId: String(200_000_000_000_000 + place),
    wabaId: String(300_000_000_000_000 + accountId),
    displayPhoneNumber: `+263 77 2${String(place).padStart(6, '0')}`,
    appSecret: `app-secret-of-account-${accountId}`,
    webhookUrl: null,
  };
  install.simulator.addNumber(number);
  const { webhook_path: path } = await command(
    install,
    'number add',
    { account: String(accountId), trust: true },
    {
      phone_number_id: number.phoneNumberId,
      waba_id: number.wabaId,
      display_phone_number: number.displayPhoneNumber,
      access_token: number.accessToken,
      app_secret: number.appSecret,
      verify_token: number.verifyToken,
    },
  );
  install.simulator.setWebhook(number.phoneNumberId, `${install.url}${path}`);
  return number;
}
