import { closeSync, copyFileSync, openSync, readFileSync, readSync, rmSync, writeSync } from 'node:fs';
import type { Statement } from '#src/db/database.ts';
import { type Inbox, inboxPath } from '#src/db/inbox.ts';
import { onCopy } from './data-copy.ts';
import { withInbox } from './way-out.ts';

const PAGE = 4096;

/** Which pages hold what a statement changes, the first apart: found out on a copy of a stopped server's data. */
export function pagesOf(
  folder: string,
  accountId: number,
  change: (inbox: Inbox) => Statement,
): Promise<number[]> {
  return onCopy(folder, async (copy) => {
    await withInbox(copy, accountId, (inbox) => inbox.checkpoint());
    const before = readFileSync(inboxPath(copy, accountId));
    await withInbox(copy, accountId, (inbox) => inbox.write('full', [change(inbox)]));
    const after = readFileSync(inboxPath(copy, accountId));
    return changedPages(before, after);
  });
}

/** The page at which a table or an index begins. */
export function rootOf(folder: string, accountId: number, name: string): Promise<number> {
  return onCopy(folder, (copy) =>
    withInbox(copy, accountId, async ({ rows }) => {
      const [row] = rows('select rootpage from sqlite_schema where name = ?', [name]);
      return Number(row?.[0]) - 1;
    }),
  );
}

/** The pages that differ, the first apart: it changes with everything. */
export function changedPages(before: Buffer, after: Buffer): number[] {
  const pages = Array.from({ length: before.length / PAGE }, (_, index) => index);
  return pages.filter((index) => index > 0 && !pageOf(before, index).equals(pageOf(after, index)));
}

function pageOf(bytes: Buffer, index: number): Buffer {
  return bytes.subarray(index * PAGE, (index + 1) * PAGE);
}

/** What bad sectors read as. */
export function zeroPage(path: string, page: number): void {
  patch(path, page * PAGE, () => Buffer.alloc(PAGE));
}

/** One bit in the middle of a page: encryption makes sixteen bytes of nonsense of it. */
export function flipBit(path: string, page: number): void {
  patch(path, page * PAGE + PAGE / 2, (bytes) => Buffer.from([(bytes[0] ?? 0) ^ 1]), 1);
}

function patch(path: string, at: number, change: (bytes: Buffer) => Buffer, length = PAGE): void {
  const file = openSync(path, 'r+');
  const bytes = Buffer.alloc(length);
  readSync(file, bytes, 0, length, at);
  writeSync(file, change(bytes), 0, length, at);
  closeSync(file);
}

/** As somebody does who has a backup: the copy in its place, and nothing left of the log of what was there. */
export function putBack(copy: string, path: string): void {
  rmSync(`${path}-wal`, { force: true });
  rmSync(`${path}-shm`, { force: true });
  copyFileSync(copy, path);
}
