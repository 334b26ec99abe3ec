import { and, desc, eq, gt, max, sql } from 'drizzle-orm';
import type { Statement } from '#src/db/database.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { attempts, jobs, messages, outbox } from '#src/db/schema/inbox/index.ts';

/**
 * The clock was set back by `back` ms and says `now`: what waits for a moment of it waits as long as before, and
 * what is unknown is so from now on at the latest. Moments are stored by the machine's clock, which people and NTP
 * set; without this a message could wait for as long as the clock had been ahead.
 */
export function setBackStatements({ sql: db }: Inbox, back: number, now: number): Statement[] {
  return [
    db
      .update(outbox)
      .set({ notBefore: sql`not_before - ${back}` })
      .where(and(eq(outbox.state, 'queued'), gt(outbox.notBefore, now))),
    db.update(outbox).set({ claimedAt: now }).where(gt(outbox.claimedAt, now)),
    db
      .update(jobs)
      .set({ dueAt: sql`due_at - ${back}` })
      .where(and(eq(jobs.state, 'open'), gt(jobs.dueAt, now))),
  ];
}

/** How far the clock has been set back, at least, since this account was last at work. */
export async function setBackSinceLast({ sql: db }: Inbox, now: number): Promise<number> {
  const [newest] = await db
    .select({ at: messages.arrivedAt })
    .from(messages)
    .orderBy(desc(messages.id))
    .limit(1);
  const [tried] = await db
    .select({ at: max(attempts.endedAt) })
    .from(outbox)
    .innerJoin(attempts, eq(attempts.subjectId, outbox.id));
  return Math.max(0, (newest?.at ?? 0) - now, (tried?.at ?? 0) - now);
}
