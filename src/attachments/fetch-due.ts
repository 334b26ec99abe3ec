import { and, eq, gt, inArray, lte, min, sql } from 'drizzle-orm';
import type { Statement } from '#src/db/database.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { attachments, files, messages, numbers } from '#src/db/schema/inbox/index.ts';
import { openToken } from '#src/numbers/number-token.ts';
import type { Sending } from '#src/whatsapp/client.ts';

/** A file that this process has marked as being fetched, and what it takes to fetch it. */
export type FetchClaim = {
  fileId: number;
  messageId: number;
  conversationId: number;
  numberId: number;
  mediaId: string | null;
  /** As the webhook announced it. */
  sha256: string | null;
  /** Until when Meta keeps it. */
  until: number | null;
  /** This try among them. */
  tries: number;
  /** Null when the number has no token that works: it is paused for it, or the token cannot be opened. */
  sending: Sending | null;
};

type Order = { now: number; limit: number; underWay: ReadonlySet<number> };

/** Nobody settled it: the process lost track of a try. After this it is due again. */
const CLAIM_MS = 10 * 60_000;

/** In these words, so that SQLite sees that the partial index serves. */
export const isExpected = sql`${files.state} in ('waiting', 'fetching')`;

/** Marks up to `limit` files that are due as being fetched. A crash leaves the mark, and the next start finds it. */
export function claimFetches(inbox: Inbox, { now, limit, underWay }: Order): Promise<FetchClaim[]> {
  return inbox.turn(async (commit) => {
    const rows = (await selectDue(inbox, now, limit + underWay.size))
      .filter(({ file }) => !underWay.has(file.id))
      .slice(0, limit);
    const ids = rows.map(({ file }) => file.id);
    const claimed = { state: 'fetching' as const, tries: sql`${files.tries} + 1`, nextAt: now + CLAIM_MS };
    await commit(
      'normal',
      ids.length === 0 ? [] : [inbox.sql.update(files).set(claimed).where(inArray(files.id, ids))],
    );
    return rows.map(({ file, message, number }) => ({
      fileId: file.id,
      messageId: message.id,
      conversationId: message.conversationId,
      numberId: number.id,
      mediaId: file.mediaId,
      sha256: file.sha256,
      until: file.mediaExpiresAt,
      tries: file.tries + 1,
      sending: sendingOf(inbox, number),
    }));
  });
}

function sendingOf(inbox: Inbox, number: typeof numbers.$inferSelect): Sending | null {
  if (number.state === 'paused' && number.pausedFor === 'token') {
    return null;
  }
  try {
    return { phoneNumberId: number.phoneNumberId, token: openToken(inbox, number) };
  } catch {
    // One spoilt row must not keep the files of the other numbers.
    return null;
  }
}

/** What may be fetched now, the longest due first. */
export function selectDue({ sql: db }: Inbox, now: number, limit: number) {
  return db
    .select({
      file: files,
      message: { id: messages.id, conversationId: messages.conversationId },
      number: numbers,
    })
    .from(files)
    .innerJoin(attachments, eq(attachments.fileId, files.id))
    .innerJoin(messages, eq(messages.id, attachments.messageId))
    .innerJoin(numbers, eq(numbers.id, messages.numberId))
    .where(and(isExpected, lte(files.nextAt, now)))
    .orderBy(files.nextAt)
    .limit(limit);
}

/** The next moment after `after` at which a file is to be fetched; null when none waits. */
export async function nextFetch({ sql: db }: Inbox, after: number): Promise<number | null> {
  const [next] = await db
    .select({ at: min(files.nextAt) })
    .from(files)
    .where(and(isExpected, gt(files.nextAt, after)));
  return next?.at ?? null;
}

/** The clock was set back by `back` ms and says `now`: what waits for a moment of it waits no longer for that. */
export function setFetchesBack({ sql: db }: Inbox, back: number, now: number): Statement {
  return db
    .update(files)
    .set({ nextAt: sql`next_at - ${back}` })
    .where(and(isExpected, gt(files.nextAt, now)));
}

/** What waits for its moment is due now, for example since its number has got a new token. */
export function hurryFetches({ sql: db }: Inbox, now: number): Statement {
  return db
    .update(files)
    .set({ nextAt: now })
    .where(and(isExpected, eq(files.state, 'waiting'), gt(files.nextAt, now)));
}
