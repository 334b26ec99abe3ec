import { and, count, inArray, isNotNull, ne } from 'drizzle-orm';
import type { Control } from '#src/db/control.ts';
import { accounts, parkedChanges, unroutedChanges } from '#src/db/schema/control.ts';

/** So many that need attention are named; the rest is counted. */
export const MOST_NAMED = 20;

export type ControlFigures = {
  /** Accounts by their state. */
  accounts: { state: string; count: number }[];
  /** Those that cannot be opened, and why: as it was noted at the last try. */
  attention: { id: number; name: string; why: string }[];
  attentionCount: number;
  /** Changes kept for accounts that cannot be opened, and for numbers that nobody has connected. */
  parked: number;
  unrouted: number;
};

export async function readControlFigures({ sql: db }: Control): Promise<ControlFigures> {
  const needsAttention = and(isNotNull(accounts.needsAttention), ne(accounts.state, 'erased'));
  const flagged = await db
    .select({ id: accounts.id, name: accounts.name, why: accounts.needsAttention })
    .from(accounts)
    .where(needsAttention)
    .orderBy(accounts.id)
    .limit(MOST_NAMED);
  return {
    accounts: await db
      .select({ state: accounts.state, count: count() })
      .from(accounts)
      .groupBy(accounts.state),
    attention: flagged.map(({ id, name, why }) => ({ id, name, why: why ?? '' })),
    attentionCount: await db.$count(accounts, needsAttention),
    parked: await db.$count(parkedChanges),
    unrouted: await db.$count(unroutedChanges),
  };
}

/** The names of these accounts by their ids, and whether they send: a suspended or cancelled one does not. */
export async function nameAccounts(
  { sql: db }: Control,
  ids: readonly number[],
): Promise<Map<number, { name: string; isActive: boolean }>> {
  const rows =
    ids.length === 0
      ? []
      : await db
          .select({ id: accounts.id, name: accounts.name, state: accounts.state })
          .from(accounts)
          .where(inArray(accounts.id, [...ids]));
  return new Map(rows.map(({ id, name, state }) => [id, { name, isActive: state === 'active' }]));
}
