import { eq } from 'drizzle-orm';
import { type CommandInput, readId, readText } from '#src/accounts/command-input.ts';
import { accounts } from '#src/db/schema/control.ts';
import { Invalid, NotFound } from '#src/errors.ts';
import { expiryIn } from './expiry.ts';
import { type ListedKey, listKeys } from './list-keys.ts';
import { createApiKey, type KeyServices } from './new-key.ts';
import { revokeKey } from './revocation.ts';
import { timeJson } from './time-json.ts';

const AT_ONCE = 500;

/** `api-key create --account ID --name N [--scopes a,b] [--expires DAYS]`. */
export async function apiKeyCreate(
  services: KeyServices,
  { options }: CommandInput,
): Promise<{ key: string }> {
  const scopes = readText(options, 'scopes', { fallback: '' });
  const { key } = await createApiKey(
    services,
    {
      accountId: readId(options.account, 'account'),
      name: readText(options, 'name'),
      scopes: scopes.split(/[\s,]+/).filter(Boolean),
      expiresAt: options.expires === undefined ? null : expiryIn(Number(options.expires), services.now()),
    },
    { kind: 'command' },
  );
  return { key };
}

/** `api-key list --account ID`: also those that are over, the newest first; never the keys themselves. */
export async function apiKeyList(
  services: KeyServices,
  { options }: CommandInput,
): Promise<{ keys: object[] }> {
  const accountId = await readAccount(services, options.account);
  const listed: ListedKey[] = [];
  let before: number | null = Number.MAX_SAFE_INTEGER;
  while (before !== null) {
    const { keys, next }: Awaited<ReturnType<typeof listKeys>> = await listKeys(services, accountId, {
      before,
      limit: AT_ONCE,
    });
    listed.push(...keys);
    before = next;
  }
  return { keys: listed.map(keyJson) };
}

/** `api-key revoke --account ID --key ID`; one that is over already stays so. */
export async function apiKeyRevoke(
  services: KeyServices,
  { options }: CommandInput,
): Promise<{ key_id: number; state: 'revoked' }> {
  const id = readId(options.key, 'key');
  try {
    await revokeKey(services, { accountId: readId(options.account, 'account'), id }, { kind: 'command' });
  } catch (error) {
    throw error instanceof NotFound ? new Invalid({ key: 'The account has no key with this id.' }) : error;
  }
  return { key_id: id, state: 'revoked' };
}

async function readAccount({ control }: KeyServices, given: unknown): Promise<number> {
  const id = readId(given, 'account');
  const { id: found } = accounts;
  const [known] = await control.sql.select({ found }).from(accounts).where(eq(found, id)).limit(1);
  if (!known) {
    throw new Invalid({ account: 'There is no account with this id.' });
  }
  return id;
}

function keyJson({ id, name, state, scopes, createdBy, createdAt, usedAt, expiresAt, revokedAt }: ListedKey) {
  return {
    key_id: id,
    name,
    state,
    scopes,
    created_by: createdBy,
    created_at: timeJson(createdAt),
    used_at: timeJson(usedAt),
    expires_at: timeJson(expiresAt),
    revoked_at: timeJson(revokedAt),
  };
}
