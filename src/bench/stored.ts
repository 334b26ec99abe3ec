import { sql } from 'drizzle-orm';
import { createIds } from '#src/db/ids.ts';
import { type Inbox, openInbox } from '#src/db/inbox.ts';
import { openKeyring } from '#src/db/keyring.ts';
import { loadRootKey } from '#src/db/root-key.ts';
import { createLog } from '#src/log.ts';
import type { Install } from './install.ts';

type Place = Pick<Install, 'folder' | 'accountId'>;

/** Opens an account's file in this process, while no program has it open; ids are made by the given clock. */
export async function withInbox<T>(
  { folder, accountId }: Place,
  now: () => number,
  work: (inbox: Inbox) => Promise<T>,
): Promise<T> {
  const keyring = openKeyring(folder, loadRootKey(folder, null));
  const inbox = await openInbox(folder, accountId, keyring, createIds(now), createLog('warn'));
  try {
    return await work(inbox);
  } finally {
    await inbox.close();
  }
}

export type Stored = { messages: number; pending: number };

/** How many messages an account's file holds, and how many webhooks wait in it. */
export function countStored(install: Place): Promise<Stored> {
  return withInbox(install, Date.now, async ({ objects }) => {
    const [counted] = objects<Stored>(sql`
      select (select count(*) from messages where direction = 'in') as messages,
        (select count(*) from journal where state <> 'done') as pending`);
    return counted ?? { messages: 0, pending: 0 };
  });
}
