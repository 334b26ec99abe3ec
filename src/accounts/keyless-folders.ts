import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { syncFolder } from '#src/db/durable-file.ts';
import { accountFolder } from '#src/db/inbox.ts';
import { accounts } from '#src/db/schema/control.ts';
import { accountsWithFolder } from './account-folders.ts';
import type { AccountServices } from './create-account.ts';

/**
 * At start: removes folders whose key was destroyed, since nobody can ever read them again. The folder of an account
 * that is in use is left alone whatever the keyring says (a newer keyring may be found), and so is one that has a
 * key and no account (a newer control.db may be). Returns how many were removed.
 */
export async function removeKeylessFolders({
  config,
  control,
  keyring,
  log,
}: AccountServices): Promise<number> {
  const states = await control.sql.select({ id: accounts.id, state: accounts.state }).from(accounts);
  const inUse = new Set(states.filter(({ state }) => !isGoing(state)).map(({ id }) => id));
  const known = new Set(states.map(({ id }) => id));
  const found = accountsWithFolder(config.data);
  const keyless = found.filter((id) => !keyring.has(String(id)) && !inUse.has(id));
  for (const id of keyless) {
    rmSync(accountFolder(config.data, id), { recursive: true });
    syncFolder(join(config.data, 'accounts'));
  }
  for (const id of found.filter((id) => keyring.has(String(id)) && !known.has(id))) {
    log.warn({ account: id }, 'a folder belongs to no account that is known here; it was left alone');
  }
  return keyless.length;
}

const isGoing = (state: string) => state === 'erasing' || state === 'erased';
