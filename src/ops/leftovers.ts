import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { AccountServices } from '#src/accounts/create-account.ts';
import { removeKeylessFolders } from '#src/accounts/keyless-folders.ts';
import { repairAccounts } from '#src/accounts/repair-accounts.ts';
import { removeStaleSocket } from '#src/cli/socket-path.ts';

/** What a crash had left outside the accounts' databases, and was removed. */
export type Leftovers = {
  /** Accounts whose making was cut short. */
  unfinishedAccounts: number;
  /** Folders that nothing can read any more. */
  folders: number;
  /** Files that were being written, and had not got their names yet. */
  files: number;
  /** Sockets that nobody listens at. */
  sockets: number;
};

/** At start, with the data folder's lock held: settles what lies around. Each step can be repeated. */
export async function settleLeftovers(services: AccountServices): Promise<Leftovers> {
  const { data } = services.config;
  return {
    unfinishedAccounts: await repairAccounts(services),
    folders: await removeKeylessFolders(services),
    files: removeUnfinishedFiles(data),
    sockets: removeStaleSocket(data) ? 1 : 0,
  };
}

/** Every file that gets its name by a durable rename. */
const OURS = /^(?:(?:root\.key|keyring\.json)|(?:control|inbox)\.db\.before-\d+)\.new(?:-journal)?$/;

/** The name is the last step of writing them, so whatever still has the temporary one is incomplete. */
function removeUnfinishedFiles(dataFolder: string): number {
  const accounts = join(dataFolder, 'accounts');
  const folders = [dataFolder, ...entriesOf(accounts, 'folder').map((name) => join(accounts, name))];
  const unfinished = folders.flatMap((folder) =>
    entriesOf(folder, 'file')
      .filter((name) => OURS.test(name))
      .map((name) => join(folder, name)),
  );
  for (const path of unfinished) {
    rmSync(path, { force: true });
  }
  return unfinished.length;
}

function entriesOf(folder: string, kind: 'file' | 'folder'): string[] {
  const entries = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
  return entries
    .filter((entry) => (kind === 'file' ? entry.isFile() : entry.isDirectory()))
    .map((entry) => entry.name);
}
