import { type CommandInput, readId, readObject, readText } from '#src/accounts/command-input.ts';
import type { Services } from '#src/services.ts';
import { addNumber } from './add-number.ts';

/** `number add --account ID [--trust]`: stdin as `NewNumber`. */
export async function numberAdd(
  services: Services,
  { options, stdin }: CommandInput,
): Promise<{ number_id: number; webhook_path: string }> {
  const given = readObject(stdin);
  const { numberId, webhookPath } = await addNumber(
    services,
    readId(options.account, 'account'),
    {
      phone_number_id: readText(given, 'phone_number_id'),
      waba_id: readText(given, 'waba_id'),
      display_phone_number: readText(given, 'display_phone_number'),
      access_token: readText(given, 'access_token'),
      app_secret: readText(given, 'app_secret'),
      verify_token: readText(given, 'verify_token'),
    },
    { trust: options.trust === true, actor: { kind: 'command' } },
  );
  return { number_id: numberId, webhook_path: webhookPath };
}
