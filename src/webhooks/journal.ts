import { createHash } from 'node:crypto';
import { clean } from '#src/db/clean.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { createGroup } from './group-commit.ts';
import { forEachRow } from './rows.ts';

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

export function arrivedChange(change: Change, appId: number, receivedAt: number): ArrivedChange {
  const field = clean(change.field);
  const entryId = clean(change.entryId);
  const raw = new TextEncoder().encode(change.raw);
  const digest = createHash('sha256').update(`${field}\n${entryId}\n`).update(raw).digest('hex');
  return { appId, field, entryId, raw, digest, receivedAt };
}

const groups = new WeakMap<Inbox, (changes: readonly ArrivedChange[]) => Promise<void>>();

/**
 * Resolves when the changes are in the journal, fsynced. All that wait when the account's queue gets to it are
 * written together; what the journal has already (Meta repeats) is not written again.
 */
export function appendToJournal(inbox: Inbox, changes: readonly ArrivedChange[]): Promise<void> {
  const append = groups.get(inbox) ?? createGroup((take) => writeGroup(inbox, take));
  groups.set(inbox, append);
  return append(changes);
}

function writeGroup(inbox: Inbox, take: () => ArrivedChange[]): Promise<void> {
  return inbox.turn(async (commit) => {
    const changes = [...new Map(take().map((change) => [change.digest, change])).values()];
    const rows = changes.map(({ appId, field, entryId, raw, digest, receivedAt }) => {
      return [inbox.nextId(), appId, field, entryId, raw, digest, receivedAt, digest];
    });
    await commit('full', forEachRow(INSERT_UNKNOWN, rows));
  });
}

const INSERT_UNKNOWN = `
  insert into journal (id, app_id, field, entry_id, raw, digest, received_at, state)
  select ?, ?, ?, ?, ?, ?, ?, 'pending' where not exists (select 1 from journal where digest = ?)`;
