import { type CommandInput, readId, readText } from '#src/accounts/command-input.ts';
import { createApiKey, type KeyServices } from './keys.ts';

/** `api-key create --account ID --name N [--scopes a,b]`. */
export async function apiKeyCreate(
  services: KeyServices,
  { options }: CommandInput,
): Promise<{ key: string }> {
  const scopes = readText(options, 'scopes', { fallback: '' });
  const key = await createApiKey(
    services,
    {
      accountId: readId(options.account, 'account'),
      name: readText(options, 'name'),
      scopes: scopes.split(/[\s,]+/).filter(Boolean),
    },
    { kind: 'command' },
  );
  return { key };
}
