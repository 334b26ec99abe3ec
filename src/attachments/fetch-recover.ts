import { and, eq, max, sql } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { files } from '#src/db/schema/inbox/index.ts';
import { setBackSinceLast } from '#src/messages/outbox-set-back.ts';
import { isExpected, setFetchesBack } from './fetch-due.ts';
import { LONGEST_WAIT_MS } from './fetch-verdict.ts';

/** A file that was cut off so often is not fetched first thing: it may be what ends the process. */
const HARMLESS_TRIES = 2;
const LATER_MS = 10 * 60_000;

/**
 * At open, before anybody else has the account: what was being fetched when the process ended waits again, its try
 * counted; and what waits follows a clock that was set back. Returns how many were being fetched.
 */
export function recoverFetches(inbox: Inbox, now: number): Promise<number> {
  const { sql: db } = inbox;
  return inbox.turn(async (commit) => {
    const cutOff = and(isExpected, eq(files.state, 'fetching'));
    const found = await db.select({ id: files.id }).from(files).where(cutOff);
    const [last] = await db
      .select({ at: max(files.nextAt) })
      .from(files)
      .where(isExpected);
    // Whatever the messages say: nothing ever waits for longer than this.
    const ahead = (last?.at ?? 0) - now - LONGEST_WAIT_MS;
    const back = Math.max(ahead, await setBackSinceLast(inbox, now));
    const again = sql`case when tries > ${HARMLESS_TRIES} then ${now + LATER_MS} else ${now} end`;
    await commit('normal', [
      ...(back > 0 ? [setFetchesBack(inbox, back, now)] : []),
      ...(found.length > 0 ? [db.update(files).set({ state: 'waiting', nextAt: again }).where(cutOff)] : []),
    ]);
    return found.length;
  });
}
