import { and, eq, isNull } from 'drizzle-orm';
import { permissionsIn } from '#src/accounts/standing.ts';
import { type Actor, auditRow } from '#src/audit/audit-row.ts';
import { clean } from '#src/db/clean.ts';
import type { Control } from '#src/db/control.ts';
import { accounts, apiKeys } from '#src/db/schema/control.ts';
import { Invalid } from '#src/errors.ts';
import type { Permission, Viewer } from '#src/people/viewer.ts';
import type { Services } from '#src/services.ts';
import { hashSecret, newSecret } from '#src/sessions/secrets.ts';

export type KeyServices = Pick<Services, 'control' | 'accounts' | 'now'>;

/** What the API offers, and so all that a key can be given. */
export const apiScopes = [
  'conversations.read',
  'conversations.write',
  'messages.send',
] as const satisfies readonly Permission[];

const LONGEST_NAME = 120;
const SHAPE = /^oono_[\w-]{43}$/;
/** When a key was last used is written this often, and no finer than anybody needs. */
const USED_EVERY_MS = 60_000;

/** Makes a key and returns it: only its hash is kept, so it is shown this once. Throws `Invalid`. */
export async function createApiKey(
  { control, accounts: open, now }: KeyServices,
  given: { accountId: number; name: string; scopes: readonly string[] },
  actor: Actor,
): Promise<string> {
  const name = readName(given.name);
  const scopes = readScopes(given.scopes);
  const { accountId } = given;
  await mustBeActive(control, accountId);
  const key = `oono_${newSecret()}`;
  const id = control.nextId();
  const at = now();
  await open.use(accountId, (inbox) =>
    inbox.write('full', [
      auditRow(inbox, {
        at,
        actor,
        action: 'api_key.created',
        object: `api_key:${id}`,
        data: { name, scopes },
      }),
    ]),
  );
  await control.write('full', [
    control.sql
      .insert(apiKeys)
      .values({ hash: hashSecret(key), id, accountId, name, scopes: scopes.join(' '), createdAt: at }),
  ]);
  return key;
}

/** Who a key stands for, or null for one that is unknown, revoked, or of an account that is not in use. */
export async function findByKey(
  { control, now, log }: Pick<Services, 'control' | 'now' | 'log'>,
  key: string,
): Promise<Extract<Viewer, { kind: 'key' }> | null> {
  if (!SHAPE.test(key)) {
    return null;
  }
  const { sql: db } = control;
  const [found] = await db
    .select({ key: apiKeys, state: accounts.state })
    .from(apiKeys)
    .innerJoin(accounts, eq(accounts.id, apiKeys.accountId))
    .where(and(eq(apiKeys.hash, hashSecret(key)), isNull(apiKeys.revokedAt)))
    .limit(1);
  if (!found || (found.state !== 'active' && found.state !== 'suspended')) {
    return null;
  }
  const { id: keyId, hash, accountId, name, scopes, usedAt } = found.key;
  const at = now();
  if (Math.abs(at - (usedAt ?? 0)) >= USED_EVERY_MS) {
    await control
      .write('normal', [db.update(apiKeys).set({ usedAt: at }).where(eq(apiKeys.hash, hash))])
      // Reading goes on when the disk is full.
      .catch((err) => log.warn({ err, key: keyId }, 'when a key was last used was not written'));
  }
  return {
    kind: 'key',
    accountId,
    keyId,
    name,
    permissions: permissionsIn(found.state, permissionsOf(scopes)),
  };
}

/** No scopes: everything the API offers. */
function permissionsOf(scopes: string): ReadonlySet<Permission> {
  const named = scopes.split(' ');
  return new Set(apiScopes.filter((scope) => scopes === '' || named.includes(scope)));
}

function readName(given: string): string {
  const name = clean(given).trim();
  if (name === '' || name.length > LONGEST_NAME) {
    throw new Invalid({
      name: `Give the key a name of 1 to ${LONGEST_NAME} characters, to know it by later.`,
    });
  }
  return name;
}

function readScopes(given: readonly string[]): readonly Permission[] {
  return given.map((scope) => {
    const known = apiScopes.find((one) => one === scope);
    if (known === undefined) {
      throw new Invalid({ scopes: `Give some of ${apiScopes.join(', ')}, or none for all.` });
    }
    return known;
  });
}

async function mustBeActive({ sql: db }: Control, accountId: number): Promise<void> {
  const [account] = await db
    .select()
    .from(accounts)
    .where(and(eq(accounts.id, accountId), eq(accounts.state, 'active')))
    .limit(1);
  if (!account) {
    throw new Invalid({ account: 'There is no active account with this id.' });
  }
}
