import { statSync } from 'node:fs';
import { join } from 'node:path';
import { inboxPath } from '#src/db/inbox.ts';

/** A database's write-ahead log; `accountId` is null for control.db. */
export type WalFile = { accountId: number | null; bytes: number };

/** The logs of control.db and of these accounts. */
export function readWalFiles(dataFolder: string, accountIds: readonly number[]): WalFile[] {
  return [null, ...accountIds].map((accountId) => ({ accountId, bytes: walBytes(dataFolder, accountId) }));
}

/** 0 for a database that is closed. */
export function walBytes(dataFolder: string, accountId: number | null): number {
  const path = accountId === null ? join(dataFolder, 'control.db') : inboxPath(dataFolder, accountId);
  return statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
}
