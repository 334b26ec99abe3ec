import { expect } from 'bun:test';
import { eq } from 'drizzle-orm';
import { createIds } from '#src/db/ids.ts';
import { type Inbox, openInbox } from '#src/db/inbox.ts';
import { openKeyring } from '#src/db/keyring.ts';
import { loadRootKey } from '#src/db/root-key.ts';
import { attempts, messages, statuses } from '#src/db/schema/inbox/index.ts';
import { openTestLog } from '../log.ts';
import { stepOf } from './status-watch.ts';

/** As many as a number has on their way to Meta at once. */
const MOST_IN_FLIGHT = 24;

/** The account of a server that has ended. */
export async function withInbox<T>(
  folder: string,
  accountId: number,
  work: (inbox: Inbox) => Promise<T>,
): Promise<T> {
  const keyring = openKeyring(folder, loadRootKey(folder, null));
  const inbox = await openInbox(folder, accountId, keyring, createIds(Date.now), openTestLog());
  try {
    return await work(inbox);
  } finally {
    await inbox.close();
  }
}

/** A message stands where the furthest of all the statuses that ever came for it has brought it. */
export function expectStatusesKept(folder: string, accountId: number): Promise<void> {
  return withInbox(folder, accountId, async ({ sql: db }) => {
    const rows = await db
      .select({ id: messages.id, stands: messages.status, came: statuses.status })
      .from(statuses)
      .innerJoin(messages, eq(messages.id, statuses.messageId));
    const furthest = [...Map.groupBy(rows, ({ id }) => id)].map(([id, all]) => {
      const [last] = all.sort((a, b) => stepOf(b.came) - stepOf(a.came));
      return { id, stands: last?.stands, furthest: last?.came };
    });
    expect(furthest.filter(({ stands, furthest }) => stands !== furthest)).toEqual([]);
  });
}

/** Each start finds as unknown at most what one number can have in flight, and there were only so many ends. */
export function expectUnknownOnlyInFlight(folder: string, accountId: number, ends: number): Promise<void> {
  return withInbox(folder, accountId, async ({ sql: db }) => {
    const found = await db.select().from(attempts).where(eq(attempts.outcome, 'unknown'));
    const byStart = Map.groupBy(found, ({ endedAt }) => endedAt);
    expect(byStart.size).toBeLessThanOrEqual(ends);
    for (const inFlight of byStart.values()) {
      expect(inFlight.length).toBeLessThanOrEqual(MOST_IN_FLIGHT);
    }
  });
}
