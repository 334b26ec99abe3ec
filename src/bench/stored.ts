import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import { createIds } from '#src/db/ids.ts';
import { openInbox } from '#src/db/inbox.ts';
import { openKeyring } from '#src/db/keyring.ts';
import { loadRootKey } from '#src/db/root-key.ts';
import type { Install } from './install.ts';

/** What an account's file holds, read while no program has it open. */
export async function countStored({
  folder,
  accountId,
}: Install): Promise<{ messages: number; pending: number }> {
  const keyring = openKeyring(folder, loadRootKey(folder, null));
  const inbox = await openInbox(folder, accountId, keyring, createIds(Date.now), pino({ level: 'silent' }));
  try {
    const [counted] = await inbox.sql.all<{ messages: number; pending: number }>(sql`
      select (select count(*) from messages where direction = 'in') as messages,
        (select count(*) from journal where state <> 'done') as pending`);
    return counted ?? { messages: 0, pending: 0 };
  } finally {
    await inbox.close();
  }
}
