import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Control, openControl } from '#src/db/control.ts';
import { makeFolder } from '#src/db/durable-file.ts';
import { createIds, type Ids } from '#src/db/ids.ts';
import { accountFolder, type Inbox, openInbox } from '#src/db/inbox.ts';
import { type Keyring, openKeyring } from '#src/db/keyring.ts';
import { createLog } from '#src/log.ts';

/** Real storage in a folder of its own, without the rest of the program: for tests of the domain. */
export type TestStorage = {
  folder: string;
  keyring: Keyring;
  ids: Ids;
  control: Control;
  /** Opens an account's inbox, making it the first time. */
  inbox(accountId: number): Promise<Inbox>;
  close(): Promise<void>;
};

export async function openTestStorage(now: () => number = Date.now): Promise<TestStorage> {
  const folder = mkdtempSync(join(tmpdir(), 'oonobox-test-'));
  const keyring = openKeyring(folder, new Uint8Array(32).fill(7));
  const ids = createIds(now);
  const log = createLog('silent');
  const control = await openControl(folder, keyring, ids, log);
  const opened: Inbox[] = [];

  return {
    folder,
    keyring,
    ids,
    control,
    async inbox(accountId) {
      keyring.add(String(accountId));
      makeFolder(accountFolder(folder, accountId));
      const inbox = await openInbox(folder, accountId, keyring, ids, log);
      opened.push(inbox);
      return inbox;
    },
    async close() {
      await Promise.all(opened.map((inbox) => inbox.close()));
      await control.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
