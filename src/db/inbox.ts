import { join } from 'node:path';
import type { Logger } from 'pino';
import { type Database, openDatabase } from './database.ts';
import type { Ids } from './ids.ts';
import type { Keyring } from './keyring.ts';
import type { OwnerKeys } from './keys.ts';
import { inboxMigrations } from './migrations.ts';
import * as schema from './schema/inbox/index.ts';

/** One business: its database is the boundary, so no statement inside carries an account id. */
export type Inbox = Database<typeof schema> & { accountId: number; keys: OwnerKeys };

export function accountFolder(dataFolder: string, accountId: number): string {
  return join(dataFolder, 'accounts', String(accountId));
}

export function inboxPath(dataFolder: string, accountId: number): string {
  return join(accountFolder(dataFolder, accountId), 'inbox.db');
}

export async function openInbox(
  dataFolder: string,
  accountId: number,
  keyring: Keyring,
  ids: Ids,
  log: Logger,
): Promise<Inbox> {
  const keys = keyring.keysOf(String(accountId));
  const database = await openDatabase({
    name: `account ${accountId}`,
    path: inboxPath(dataFolder, accountId),
    key: keys.database,
    schema,
    migrations: inboxMigrations,
    ids,
    log,
  });
  return { ...database, accountId, keys };
}
