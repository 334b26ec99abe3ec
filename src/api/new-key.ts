import { and, eq } from 'drizzle-orm';
import { type Actor, auditRow } from '#src/audit/audit-row.ts';
import { clean } from '#src/db/clean.ts';
import type { Control } from '#src/db/control.ts';
import { accounts, apiKeys } from '#src/db/schema/control.ts';
import { Forbidden, Invalid } from '#src/errors.ts';
import type { Services } from '#src/services.ts';
import { hashSecret, newSecret } from '#src/sessions/secrets.ts';
import { apiScopes, grantable, readScopes, type Scope } from './scopes.ts';
import { timeJson } from './time-json.ts';

export type KeyServices = Pick<Services, 'control' | 'accounts' | 'now'>;

export type NewKey = {
  accountId: number;
  name: string;
  /** None: everything the API offers, also what it will offer later. */
  scopes: readonly string[];
  /** When it ends, in milliseconds; null: never. */
  expiresAt: number | null;
};

const LONGEST_NAME = 120;

/**
 * Makes a key: only its hash is kept, so what is returned can be shown this once. Throws `Invalid` (`name`,
 * `scopes`, `account`), and `Forbidden` when somebody would give it more than they may do themselves.
 */
export async function createApiKey(
  { control, accounts: open, now }: KeyServices,
  given: NewKey,
  actor: Actor,
): Promise<{ id: number; key: string }> {
  const name = readName(given.name);
  const scopes = readScopes(given.scopes);
  const { accountId, expiresAt } = given;
  refuseMoreThanTheirs(actor, scopes);
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
        data: {
          name,
          after: { scopes: scopes.length === 0 ? apiScopes : scopes, expires_at: timeJson(expiresAt) },
        },
      }),
    ]),
  );
  const createdBy = actor.kind === 'person' ? actor.userId : null;
  const row = { id, accountId, name, scopes: scopes.join(' '), createdAt: at, createdBy, expiresAt };
  await control.write('full', [control.sql.insert(apiKeys).values({ hash: hashSecret(key), ...row })]);
  return { id, key };
}

function readName(given: string): string {
  const name = clean(given)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  if (name === '' || name.length > LONGEST_NAME) {
    throw new Invalid({
      name: `Give the key a name of 1 to ${LONGEST_NAME} characters, to know it by later.`,
    });
  }
  return name;
}

/** Whoever has the command line has the whole server. */
function refuseMoreThanTheirs(actor: Actor, scopes: readonly Scope[]): void {
  if (!('permissions' in actor)) {
    return;
  }
  const theirs = grantable(actor);
  const wanted = scopes.length === 0 ? apiScopes : scopes;
  if (wanted.some((scope) => !theirs.includes(scope))) {
    throw new Forbidden('nobody gives a key more than they may do themselves');
  }
}

async function mustBeActive({ sql: db }: Control, accountId: number): Promise<void> {
  const [account] = await db
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(eq(accounts.id, accountId), eq(accounts.state, 'active')))
    .limit(1);
  if (!account) {
    throw new Invalid({ account: 'There is no active account with this id.' });
  }
}
