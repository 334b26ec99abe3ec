import { openControl } from '#src/db/control.ts';
import { createIds } from '#src/db/ids.ts';
import { openInbox } from '#src/db/inbox.ts';
import { openKeyring } from '#src/db/keyring.ts';
import { createLog } from '#src/log.ts';
import { createCounts } from '#src/ops/counts.ts';
import { recoverJournal } from './recovery.ts';

// A process of its own for a test: it opens account 1 and ends the moment a change is about to be taken in,
// as it would if the change itself ended it.
const folder = process.argv[2] ?? '';
const keyring = openKeyring(folder, new Uint8Array(32).fill(7));
const ids = createIds(Date.now);
const log = createLog('silent');
const control = await openControl(folder, keyring, ids, log);
const inbox = await openInbox(folder, 1, keyring, ids, log);

const deadly = {
  ...keyring,
  get installId(): string {
    return process.exit(9);
  },
};
await recoverJournal(
  {
    control,
    counts: createCounts(),
    keyring: deadly,
    log,
    now: Date.now,
    live: { publish: async () => {} },
    delivery: { poke() {} },
    fetching: { poke() {} },
    templates: { poke() {}, renew() {} },
  },
  inbox,
);
await inbox.close();
await control.close();
