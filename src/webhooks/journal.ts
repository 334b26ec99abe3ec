import { clean } from '#src/db/clean.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { insertRows } from '#src/db/rows.ts';
import { journal } from '#src/db/schema/inbox/journal.ts';
import { createGroup } from './group-commit.ts';
import { openRecent } from './recent.ts';

/** A change as it came: what the journal keeps, and what is kept sealed while no account can take it. */
export type ArrivedChange = {
  appId: number;
  field: string;
  entryId: string;
  raw: Uint8Array;
  digest: string;
  receivedAt: number;
};

type Change = { field: string; entryId: string; raw: string };

const encoder = new TextEncoder();

export function arrivedChange(change: Change, appId: number, receivedAt: number): ArrivedChange {
  const field = clean(change.field);
  const entryId = clean(change.entryId);
  const digest = Bun.CryptoHasher.hash('sha256', `${field}\n${entryId}\n${change.raw}`, 'hex');
  return { appId, field, entryId, raw: encoder.encode(change.raw), digest, receivedAt };
}

type Append = (changes: readonly ArrivedChange[]) => Promise<void>;
const groups = new WeakMap<Inbox, Append>();

/**
 * Resolves when the changes are in the journal, fsynced. All that wait when the account's queue gets to it are
 * written together; what was written lately (Meta repeats) is not written again.
 */
export function appendToJournal(inbox: Inbox, changes: readonly ArrivedChange[]): Promise<void> {
  const append = groups.get(inbox) ?? openGroup(inbox);
  groups.set(inbox, append);
  return append(changes);
}

function openGroup(inbox: Inbox): Append {
  const recent = openRecent(inbox);
  return createGroup((take) =>
    inbox.turn(async (commit) => {
      const arrived = new Map(take().map((change) => [change.digest, change]));
      const rows = [...arrived.values()]
        .filter(({ digest }) => !recent.has(digest))
        .map((change) => ({ id: inbox.nextId(), state: 'pending' as const, ...change }));
      await commit('full', insertRows(journal, rows));
      for (const { digest, id } of rows) {
        recent.add(digest, id);
      }
    }),
  );
}
