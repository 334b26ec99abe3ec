import type { Inbox } from '#src/db/inbox.ts';
import { StorageUnavailable } from '#src/errors.ts';
import type { Vault } from './vault.ts';

/**
 * Removes a file that no row names, or not any more: nobody can read it now. What the store does not let go of at the
 * moment is left to the sweep, as after a crash.
 */
export async function letGo(vault: Pick<Vault, 'remove'>, inbox: Inbox, path: string): Promise<void> {
  await vault.remove(inbox, path).catch((error) => {
    if (!(error instanceof StorageUnavailable)) {
      throw error;
    }
  });
}
