import { and, eq, inArray, isNull, lt, or } from 'drizzle-orm';
import { restoreWaiting } from '#src/conversations/waiting.ts';
import type { Statement } from '#src/db/database.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { attempts, files, messages, outbox, reactions } from '#src/db/schema/inbox/index.ts';
import type { SendOutcome } from '#src/whatsapp/client.ts';
import type { OutboxRow } from './outbox.ts';
import type { SentFile, Verdict } from './outcome.ts';
import { statusRank } from './status.ts';
import type { MessageError } from './thread-message.ts';

type Row = Pick<OutboxRow, 'id' | 'conversationId'>;

/** It was not sent and will not be: the reason is kept, and the customer waits again if this was the answer. */
export function failStatements(inbox: Inbox, row: Row, error: MessageError): Statement[] {
  return endStatements(inbox, row, { status: 'failed', errorCode: error.code, error: JSON.stringify(error) });
}

/** Called off before it left. */
export function cancelStatements(inbox: Inbox, row: Row): Statement[] {
  return endStatements(inbox, row, { status: 'cancelled', errorCode: null, error: null });
}

type End = { status: 'failed' | 'cancelled'; errorCode: number | null; error: string | null };

function endStatements({ sql: db }: Inbox, row: Row, end: End): Statement[] {
  const rank = statusRank(end.status);
  return [
    db
      .update(messages)
      .set({ ...end, statusRank: rank })
      .where(and(eq(messages.id, row.id), lt(messages.statusRank, rank))),
    db.update(reactions).set({ status: end.status, error: end.error }).where(eq(reactions.id, row.id)),
    db.delete(outbox).where(eq(outbox.id, row.id)),
    restoreWaiting([row.conversationId]),
  ];
}

/**
 * The rows of one verdict. The message may already stand at `sent` or further, since its status can overtake
 * the answer to the POST: then only what is missing is added, and nothing goes back.
 */
export function verdictStatements(
  inbox: Inbox,
  row: OutboxRow,
  verdict: Verdict,
  isSettled: boolean,
): Statement[] {
  const { sql: db } = inbox;
  const thisTry = and(eq(outbox.id, row.id), eq(outbox.state, 'sending'), eq(outbox.attempt, row.attempt));
  const done = db.delete(outbox).where(thisTry);
  if (verdict.to === 'accepted') {
    return [...acceptedStatements(inbox, row, verdict.wamid), done];
  } else if (isSettled) {
    return [done];
  } else if (verdict.to === 'failed') {
    return failStatements(inbox, row, verdict.error);
  } else if (verdict.to === 'queued') {
    const next = {
      state: 'queued' as const,
      attempt: row.attempt + 1,
      notBefore: verdict.notBefore,
      claimedAt: null,
      fileId: verdict.upload?.[0]?.id ?? null,
    };
    return [
      ...statusStatements(inbox, row, 'queued'),
      db.update(outbox).set(next).where(thisTry),
      ...(verdict.upload ?? []).map((file) => forgetMediaId(inbox, file)),
    ];
  } else {
    return [
      ...statusStatements(inbox, row, 'unknown'),
      db.update(outbox).set({ state: 'unknown' }).where(thisTry),
    ];
  }
}

/** Unless it has another one by now. */
function forgetMediaId({ sql: db }: Inbox, { id, mediaId }: SentFile): Statement {
  return db
    .update(files)
    .set({ mediaId: null, mediaExpiresAt: null })
    .where(and(eq(files.id, id), eq(files.mediaId, mediaId)));
}

function acceptedStatements({ sql: db }: Inbox, row: OutboxRow, wamid: string): Statement[] {
  const rank = statusRank('accepted');
  const earlier = db
    .select({ wamid: attempts.wamid })
    .from(attempts)
    .where(and(eq(attempts.subjectId, row.id), lt(attempts.attempt, row.attempt)));
  // The one of an earlier attempt that failed.
  const isOld = row.attempt > 1 ? inArray(messages.wamid, earlier) : undefined;
  return [
    db
      .update(messages)
      .set({ status: 'accepted', statusRank: rank })
      .where(and(eq(messages.id, row.id), lt(messages.statusRank, rank))),
    db
      .update(messages)
      .set({ wamid })
      .where(and(eq(messages.id, row.id), or(isNull(messages.wamid), isOld))),
    db
      .update(reactions)
      .set({ status: 'accepted' })
      .where(and(eq(reactions.id, row.id), eq(reactions.status, 'sending'))),
  ];
}

function statusStatements({ sql: db }: Inbox, row: Row, status: 'queued' | 'unknown'): Statement[] {
  return [
    db
      .update(messages)
      .set({ status, statusRank: statusRank(status) })
      .where(and(eq(messages.id, row.id), eq(messages.status, 'sending'))),
    db
      .update(reactions)
      .set({ status })
      .where(and(eq(reactions.id, row.id), eq(reactions.status, 'sending'))),
  ];
}

/** How the try ended, for whoever looks into what became of a message. */
export function attemptStatement(
  { sql: db }: Inbox,
  row: OutboxRow,
  outcome: SendOutcome,
  now: number,
): Statement {
  return db
    .update(attempts)
    .set({ endedAt: now, ...endOf(outcome) })
    .where(and(eq(attempts.subjectId, row.id), eq(attempts.attempt, row.attempt)));
}

function endOf(outcome: SendOutcome): Partial<typeof attempts.$inferInsert> {
  switch (outcome.kind) {
    case 'accepted':
      return { outcome: 'accepted', wamid: outcome.wamid };
    case 'refused':
      return { outcome: 'refused', errorCode: outcome.error.code };
    case 'not-sent':
      return { outcome: 'not_sent' };
    case 'unknown':
      return { outcome: 'unknown' };
  }
}
