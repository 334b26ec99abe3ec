import { join } from 'node:path';
import type { Logger } from 'pino';
import { StartRefused } from '#src/errors.ts';
import { isDamage } from './damage.ts';
import { type Database, openDatabase } from './database.ts';
import type { Ids } from './ids.ts';
import type { Keyring } from './keyring.ts';
import type { OwnerKeys } from './keys.ts';
import { controlMigrations } from './migrations.ts';
import * as schema from './schema/control.ts';

/** The database of who may enter and where things go. */
export type Control = Database<typeof schema> & { keys: OwnerKeys };

export async function openControl(
  dataFolder: string,
  keyring: Keyring,
  ids: Ids,
  log: Logger,
): Promise<Control> {
  keyring.add('control');
  const keys = keyring.keysOf('control');
  const path = join(dataFolder, 'control.db');
  const database = await openDatabase({
    name: 'control',
    path,
    key: keys.database,
    schema,
    migrations: controlMigrations,
    ids,
    log,
  }).catch((cause) => {
    throw isDamage(cause)
      ? new StartRefused(`${path} is damaged (${cause.message}). Restore it from a backup.`, { cause })
      : cause;
  });
  return { ...database, keys };
}
