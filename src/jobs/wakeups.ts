import { eq, lte, sql } from 'drizzle-orm';
import type { Control } from '#src/db/control.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { parkedChanges, wakeups } from '#src/db/schema/control.ts';
import { nextMoment } from './next-moment.ts';

/**
 * Before an account's database closes: when it has something to do again, or never. What a crash leaves open
 * has no use for it, since all of that is opened at the next start.
 */
export async function noteClosing(control: Control, inbox: Inbox): Promise<void> {
  const { accountId } = inbox;
  const dueAt = await nextMoment(inbox);
  await control.write('full', [
    dueAt === null
      ? control.sql.delete(wakeups).where(eq(wakeups.accountId, accountId))
      : control.sql
          .insert(wakeups)
          .values({ accountId, dueAt })
          .onConflictDoUpdate({ target: wakeups.accountId, set: { dueAt: sql`excluded.due_at` } }),
  ]);
}

/**
 * The accounts whose moment has come, the longest overdue first, and then those for which changes were parked: they
 * could not be opened then, and are tried until they can.
 */
export async function dueAccounts({ sql: db }: Control, now: number): Promise<number[]> {
  const due = await db.select().from(wakeups).where(lte(wakeups.dueAt, now)).orderBy(wakeups.dueAt);
  const parked = await db.selectDistinct({ accountId: parkedChanges.accountId }).from(parkedChanges);
  return [...new Set([...due, ...parked].map(({ accountId }) => accountId))];
}
