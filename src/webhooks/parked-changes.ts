import { asc, count, eq, inArray } from 'drizzle-orm';
import type { Control } from '#src/db/control.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { insertRows } from '#src/db/rows.ts';
import { parkedChanges } from '#src/db/schema/control.ts';
import { StorageFull } from '#src/errors.ts';
import { nextTurn } from './group-commit.ts';
import { oldestTogether } from './hand-over.ts';
import { type ArrivedChange, appendToJournal } from './journal.ts';

/** Beyond this Meta is asked to come again: nothing that was answered 200 is ever let go. */
const MOST_PARKED = 10_000;

/**
 * Keeps changes of an account that cannot be opened, sealed, fsynced. Throws `StorageFull` when it holds as many
 * as it may.
 */
export async function parkChanges(
  control: Control,
  accountId: number,
  changes: readonly ArrivedChange[],
): Promise<void> {
  await control.turn(async (commit) => {
    const [parked] = await control.sql
      .select({ rows: count() })
      .from(parkedChanges)
      .where(eq(parkedChanges.accountId, accountId));
    if ((parked?.rows ?? 0) + changes.length > MOST_PARKED) {
      throw new StorageFull(`account ${accountId} cannot be opened and has too many changes waiting`);
    }
    const rows = changes.map((change) => {
      const id = control.nextId();
      return { ...change, id, accountId, raw: control.keys.seal(change.raw, rawOf(id)) };
    });
    await commit('full', insertRows(parkedChanges, rows, 'on conflict do nothing'));
  });
}

/** Moves what was parked into the account's journal. Gives how many changes there were. */
export async function handOverParked({ control }: { control: Control }, inbox: Inbox): Promise<number> {
  let found = 0;
  for (;;) {
    const rows = await oldestParked(control, inbox.accountId);
    if (rows.length === 0) {
      return found;
    }
    found += rows.length;
    await appendToJournal(
      inbox,
      rows.map((row) => ({ ...row, raw: control.keys.open(row.raw, rawOf(row.id)) })),
    );
    const ids = rows.map((row) => row.id);
    await control.write('full', [control.sql.delete(parkedChanges).where(inArray(parkedChanges.id, ids))]);
    await nextTurn();
  }
}

async function oldestParked(control: Control, accountId: number) {
  const these = await oldestTogether(control, parkedChanges, eq(parkedChanges.accountId, accountId));
  return these === null
    ? []
    : control.sql.select().from(parkedChanges).where(these).orderBy(asc(parkedChanges.id));
}

function rawOf(id: number): string {
  return `parked_changes.raw:${id}`;
}
