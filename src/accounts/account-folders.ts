import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { StartRefused } from '#src/errors.ts';

/** The accounts that have a folder; what else lies there is none of ours. */
export function accountsWithFolder(dataFolder: string): number[] {
  const path = join(dataFolder, 'accounts');
  return existsSync(path)
    ? readdirSync(path, { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && /^[1-9]\d{0,15}$/.test(entry.name))
        .map((entry) => Number(entry.name))
    : [];
}

/**
 * Refuses a data folder that lacks what is there before any account has a folder, as a backup does that is still being
 * copied. A new keyring beside old folders would let the start take them for those of erased accounts, and remove them.
 * To be called before the keyring is opened.
 */
export function refuseHalfFolder(dataFolder: string): void {
  const isThere = (name: string) => !!statSync(join(dataFolder, name), { throwIfNoEntry: false })?.size;
  const count = accountsWithFolder(dataFolder).length;
  const needed = count > 0 ? ['keyring.json', 'control.db'] : isThere('control.db') ? ['keyring.json'] : [];
  const missing = needed.filter((name) => !isThere(name));
  if (missing.length > 0) {
    const found =
      count === 0 ? 'a control.db' : `the data of ${count} ${count === 1 ? 'business' : 'businesses'}`;
    throw new StartRefused(
      `${dataFolder} is not whole: it has ${found}, but no ${missing.join(' and no ')}. Nothing was changed. If a backup is being copied there, start again when all of it is; else put back what is missing, from the same backup.`,
    );
  }
}
