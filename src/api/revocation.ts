import { and, eq, isNull } from 'drizzle-orm';
import { type Actor, auditRow } from '#src/audit/audit-row.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { apiKeys } from '#src/db/schema/control.ts';
import { audit } from '#src/db/schema/inbox/index.ts';
import { findKey, type ListedKey } from './list-keys.ts';
import type { KeyServices } from './new-key.ts';

/**
 * Ends a key, at once and for good. Throws `NotFound`. First it is made unusable, then that is noted in the account;
 * whoever asks again, after a crash in between, has the note written.
 */
export async function revokeKey(
  services: KeyServices,
  { accountId, id }: { accountId: number; id: number },
  actor: Actor,
): Promise<void> {
  const { control, accounts, now } = services;
  const key = await findKey(services, accountId, id);
  const at = now();
  await control.write('full', [
    control.sql
      .update(apiKeys)
      .set({ revokedAt: at })
      .where(and(eq(apiKeys.id, id), isNull(apiKeys.revokedAt))),
  ]);
  await accounts.use(accountId, (inbox) => note(inbox, key, actor, at));
}

function note(inbox: Inbox, { id, name, state }: ListedKey, actor: Actor, at: number): Promise<void> {
  const action = 'api_key.revoked';
  const object = `api_key:${id}`;
  const data = {
    name,
    before: { state: state === 'revoked' ? 'valid' : state },
    after: { state: 'revoked' },
  };
  return inbox.turn(async (commit) => {
    const [noted] = await inbox.sql
      .select({ id: audit.id })
      .from(audit)
      .where(and(eq(audit.object, object), eq(audit.action, action)))
      .limit(1);
    await commit('full', noted ? [] : [auditRow(inbox, { at, actor, action, object, data })]);
  });
}
