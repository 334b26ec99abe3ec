import { existsSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { and, eq, isNull } from 'drizzle-orm';
import { syncFolder } from '#src/db/durable-file.ts';
import { accountFolder } from '#src/db/inbox.ts';
import { accounts, wakeups } from '#src/db/schema/control.ts';
import type { AccountServices } from './create-account.ts';

/**
 * At start: removes accounts whose making a crash cut short, before anybody could enter them. The key goes
 * first, then the folder, then the row, so that each step can be repeated. Returns how many there were.
 */
export async function repairAccounts({ config, control, keyring, log }: AccountServices): Promise<number> {
  const unfinished = await control.sql
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(eq(accounts.state, 'erasing'), isNull(accounts.cancelledAt)));
  for (const { id } of unfinished) {
    keyring.forget(String(id));
    const folder = accountFolder(config.data, id);
    if (existsSync(folder)) {
      rmSync(folder, { recursive: true });
      syncFolder(dirname(folder));
    }
    await control.write('full', [
      control.sql.delete(wakeups).where(eq(wakeups.accountId, id)),
      control.sql.delete(accounts).where(eq(accounts.id, id)),
    ]);
    log.debug({ account: id }, 'an account that was never finished was removed');
  }
  return unfinished.length;
}
