import { and, eq, gt, isNull, or } from 'drizzle-orm';
import { permissionsIn } from '#src/accounts/standing.ts';
import { accounts, apiKeys } from '#src/db/schema/control.ts';
import type { Viewer } from '#src/people/viewer.ts';
import type { Services } from '#src/services.ts';
import { hashSecret } from '#src/sessions/secrets.ts';
import { scopesOf } from './scopes.ts';

const SHAPE = /^oono_[\w-]{43}$/;
/** When a key was last used is written this often, and no finer than anybody needs. */
const USED_EVERY_MS = 60_000;

/**
 * Who a key stands for, or null for one that is unknown, revoked, expired, or of an account that is not in use: which
 * of these is nothing that its holder needs to learn. Asked anew for every request, so that a key ends at once.
 */
export async function findByKey(
  { control, now, log }: Pick<Services, 'control' | 'now' | 'log'>,
  key: string,
): Promise<Extract<Viewer, { kind: 'key' }> | null> {
  if (!SHAPE.test(key)) {
    return null;
  }
  const { sql: db } = control;
  const at = now();
  const isValid = and(isNull(apiKeys.revokedAt), or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, at)));
  const [found] = await db
    .select({ key: apiKeys, state: accounts.state })
    .from(apiKeys)
    .innerJoin(accounts, eq(accounts.id, apiKeys.accountId))
    .where(and(eq(apiKeys.hash, hashSecret(key)), isValid))
    .limit(1);
  if (!found || (found.state !== 'active' && found.state !== 'suspended')) {
    return null;
  }
  const { id: keyId, hash, accountId, name, scopes, usedAt } = found.key;
  if (Math.abs(at - (usedAt ?? 0)) >= USED_EVERY_MS) {
    await control
      .write('normal', [db.update(apiKeys).set({ usedAt: at }).where(eq(apiKeys.hash, hash))])
      // Reading goes on when the disk is full.
      .catch((err) => log.warn({ err, key: keyId }, 'when a key was last used was not written'));
  }
  const permissions = permissionsIn(found.state, new Set(scopesOf(scopes)));
  return { kind: 'key', accountId, keyId, name, permissions };
}
