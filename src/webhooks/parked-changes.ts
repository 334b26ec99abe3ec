import { and, asc, count, eq, inArray, lte, sql } from 'drizzle-orm';
import type { Control } from '#src/db/control.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { insertRows } from '#src/db/rows.ts';
import { parkedChanges } from '#src/db/schema/control.ts';
import { StorageFull } from '#src/errors.ts';
import { nextTurn } from './group-commit.ts';
import { type ArrivedChange, appendToJournal } from './journal.ts';
import { countWithin } from './within-bytes.ts';

/** Beyond this Meta is asked to come again: nothing that was answered 200 is ever let go. */
const MOST_PARKED = 10_000;
const AT_ONCE = 200;

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

async function oldestParked({ sql: db }: Control, accountId: number) {
  const isOurs = eq(parkedChanges.accountId, accountId);
  const byAge = asc(parkedChanges.id);
  const { id, raw } = parkedChanges;
  const lengths = await db
    .select({ id, bytes: sql<number>`length(${raw})` })
    .from(parkedChanges)
    .where(isOurs)
    .orderBy(byAge)
    .limit(AT_ONCE);
  const last = lengths[countWithin(lengths.map(({ bytes }) => bytes)) - 1];
  return last === undefined
    ? []
    : db
        .select()
        .from(parkedChanges)
        .where(and(isOurs, lte(id, last.id)))
        .orderBy(byAge);
}

function rawOf(id: number): string {
  return `parked_changes.raw:${id}`;
}
