import { min, sql } from 'drizzle-orm';
import { nextFetch } from '#src/attachments/fetch-due.ts';
import { nextUnsent } from '#src/attachments/removal.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { journal, parkedStatuses } from '#src/db/schema/inbox/index.ts';
import { nextDue } from '#src/messages/outbox-next.ts';
import { nextSync } from '#src/templates/sync-due.ts';
import { JOURNAL_KEPT_MS } from '#src/webhooks/purge.ts';

/** The earliest moment at which this account has something to do, perhaps in the past; null when nothing waits. */
export async function nextMoment(inbox: Inbox, now: number): Promise<number | null> {
  const moments = [
    await nextDue(inbox, { after: 0, now, startedAt: 0 }),
    await nextFetch(inbox, 0),
    await nextSync(inbox),
    await firstPending(inbox),
    await firstToPurge(inbox),
    await firstParked(inbox),
    await nextUnsent(inbox),
  ].filter((moment) => moment !== null);
  return moments.length === 0 ? null : Math.min(...moments);
}

/** In these words, so that SQLite sees that the partial indexes serve. */
const isPending = sql`state <> 'done' and state = 'pending'`;
const isDone = sql`state = 'done'`;

async function firstPending({ sql: db }: Inbox): Promise<number | null> {
  const [first] = await db
    .select({ at: journal.receivedAt })
    .from(journal)
    .where(isPending)
    .orderBy(journal.id)
    .limit(1);
  return first?.at ?? null;
}

async function firstToPurge({ sql: db }: Inbox): Promise<number | null> {
  const [first] = await db
    .select({ at: min(journal.doneAt) })
    .from(journal)
    .where(isDone);
  return first?.at == null ? null : first.at + JOURNAL_KEPT_MS + 1;
}

async function firstParked({ sql: db }: Inbox): Promise<number | null> {
  const [first] = await db.select({ at: min(parkedStatuses.expiresAt) }).from(parkedStatuses);
  return first?.at == null ? null : first.at + 1;
}
