import { type Control, openControl } from '#src/db/control.ts';
import { createIds } from '#src/db/ids.ts';
import { type Inbox, openInbox } from '#src/db/inbox.ts';
import { openKeyring } from '#src/db/keyring.ts';
import { loadRootKey } from '#src/db/root-key.ts';
import { openTestLog } from '../log.ts';
import type { Install } from './install.ts';

/** Reads what an install has on its disk, when its program has ended. */
export async function withStored<T>(
  { folder, accountId }: Pick<Install, 'folder' | 'accountId'>,
  work: (stored: { control: Control; inbox: Inbox }) => Promise<T>,
): Promise<T> {
  const log = openTestLog();
  const keyring = openKeyring(folder, loadRootKey(folder, null));
  const control = await openControl(folder, keyring, createIds(Date.now), log);
  const inbox = await openInbox(folder, accountId, keyring, createIds(Date.now), log);
  try {
    return await work({ control, inbox });
  } finally {
    await inbox.close();
    await control.close();
  }
}
