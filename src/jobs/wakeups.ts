import { eq, lte, max, sql } from 'drizzle-orm';
import type { Control } from '#src/db/control.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { apiKeys, metaApps, parkedChanges, sessions, wakeups } from '#src/db/schema/control.ts';
import { nextMoment } from './next-moment.ts';

/**
 * Before an account's database closes: when it has something to do again, or never. What a crash leaves open
 * has no use for it, since all of that is opened at the next start.
 */
export async function noteClosing(control: Control, inbox: Inbox, now: number): Promise<void> {
  const { accountId } = inbox;
  const dueAt = await nextMoment(inbox, now);
  await control.write('full', [
    dueAt === null
      ? control.sql.delete(wakeups).where(eq(wakeups.accountId, accountId))
      : control.sql
          .insert(wakeups)
          .values({ accountId, dueAt })
          .onConflictDoUpdate({ target: wakeups.accountId, set: { dueAt: sql`excluded.due_at` } }),
  ]);
}

/** The clock was set back: what waits for a moment of it waits no longer for that. */
export async function setBackWakeups({ sql: db, write }: Control, back: number): Promise<void> {
  await write('normal', [db.update(wakeups).set({ dueAt: sql`due_at - ${back}` })]);
}

/** How far the clock has been set back, at least, since this install was last used: nothing of it is newer than now. */
export async function setBackSinceLast({ sql: db }: Control, now: number): Promise<number> {
  const newest = [
    ...(await db.select({ at: max(sessions.seenAt) }).from(sessions)),
    ...(await db.select({ at: max(metaApps.signedAt) }).from(metaApps)),
    ...(await db.select({ at: max(apiKeys.usedAt) }).from(apiKeys)),
  ];
  return Math.max(0, ...newest.map(({ at }) => (at ?? 0) - now));
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
