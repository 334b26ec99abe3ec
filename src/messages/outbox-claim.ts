import { eq, inArray } from 'drizzle-orm';
import type { Statement } from '#src/db/database.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { attempts, messages, outbox, reactions } from '#src/db/schema/inbox/index.ts';
import type { LiveChange } from '#src/live/change.ts';
import { forbiddenAt } from '#src/numbers/restriction.ts';
import type { Outgoing } from '#src/whatsapp/client.ts';
import type { OutboxRow } from './outbox.ts';
import { findDue } from './outbox-due.ts';
import { obstacleError, obstacleTo } from './outbox-obstacle.ts';
import { readSender, type Sender } from './outbox-sender.ts';
import { loadRecipients, loadSubjects, type Recipient, type Subject } from './outbox-subject.ts';
import type { SentFile } from './outcome.ts';
import { failStatements } from './outcome-rows.ts';
import type { Pace } from './pace.ts';
import { statusRank } from './status.ts';
import type { MessageError } from './thread-message.ts';
import { FILE_GONE } from './upload-error.ts';

/** A row this process has marked as being sent, and what to send. */
export type Claim = {
  row: OutboxRow;
  /** The message that changes on screens: itself, or the one reacted to. */
  shownId: number;
  sender: Sender;
  outgoing: Pick<Outgoing, 'to' | 'body'>;
  /** The files that go with it, as they are named to Meta. */
  files: readonly SentFile[];
};

export type Claimed = {
  /** Null when the number is paused or gone: then nothing was claimed. */
  sender: Sender | null;
  claims: Claim[];
  /** Whether a file has to be uploaded to Meta before its message can be claimed. */
  uploads: boolean;
  /** What failed, or was dropped, before it was sent, for the screens. */
  changes: LiveChange[];
  /** Whether rows were looked at that are not sent now: there may be others behind them. */
  hasPassedOver: boolean;
  /** Whether one of those was put off to a later moment. */
  hasPutOff: boolean;
};

export type Order = { numberId: number; limit: number; now: number; pace: Pick<Pace, 'recipientReadyAt'> };

/**
 * Marks up to `limit` due rows of a number as being sent, fsynced, before the first byte leaves. What may no
 * longer be sent fails here: the window, a block or an opt-out may have come after the message was written.
 */
export function claimDue(inbox: Inbox, order: Order): Promise<Claimed> {
  return inbox.turn(async (commit) => {
    const sender = await readSender(inbox, order.numberId);
    if (!sender) {
      return { sender, claims: [], uploads: false, changes: [], hasPassedOver: false, hasPutOff: false };
    }
    const { numberId, now, limit } = order;
    const rows = await findDue(inbox, { numberId, now, limit, forbidden: forbiddenAt(sender, now) });
    const judged = await judgeAll(inbox, rows, order);
    const claims = judged.flatMap((one) => (one.is === 'sendable' ? { ...one, sender } : []));
    const changes = judged.flatMap((one) => ('change' in one && one.change !== null ? one.change : []));
    await commit('full', [
      ...judged.flatMap((one) => statementsOf(inbox, one)),
      ...claimStatements(inbox, claims, order.now),
    ]);
    return {
      sender,
      claims,
      uploads: judged.some(({ is }) => is === 'without-file'),
      changes,
      hasPassedOver: claims.length < judged.length,
      hasPutOff: judged.some(({ is }) => is === 'too-soon'),
    };
  });
}

type Judged =
  | {
      is: 'sendable';
      row: OutboxRow;
      shownId: number;
      outgoing: Claim['outgoing'];
      files: readonly SentFile[];
    }
  | { is: 'without-file'; row: OutboxRow; fileId: number }
  | { is: 'impossible'; row: OutboxRow; error: MessageError; change: LiveChange }
  | { is: 'too-soon'; row: OutboxRow; until: number }
  | { is: 'settled'; row: OutboxRow; change: LiveChange | null };

async function judgeAll(inbox: Inbox, rows: readonly OutboxRow[], order: Order): Promise<Judged[]> {
  const subjects = await loadSubjects(inbox, rows, order.now);
  const recipients = await loadRecipients(
    inbox,
    rows.map(({ conversationId }) => conversationId),
  );
  return rows.map((row) => judge(row, subjects.get(row.id), recipients.get(row.conversationId), order));
}

function judge(
  row: OutboxRow,
  subject: Subject | undefined,
  recipient: Recipient | undefined,
  { now, pace }: Order,
): Judged {
  if (!subject) {
    return { is: 'settled', row, change: null };
  }
  const { shownId, body, files, missingId, manner } = subject;
  const change = { conversationId: row.conversationId, messages: [shownId] };
  if (subject.settled) {
    return { is: 'settled', row, change: row.reactionId === null ? null : change };
  }
  const obstacle = obstacleTo(recipient, now, manner);
  if (obstacle !== null || !recipient?.to) {
    return { is: 'impossible', row, error: obstacleError(obstacle ?? 'no-address'), change };
  } else if (body === null) {
    return missingId === null
      ? { is: 'impossible', row, error: FILE_GONE, change }
      : { is: 'without-file', row, fileId: missingId };
  }
  const until = pace.recipientReadyAt(row.conversationId, now);
  return until > now
    ? { is: 'too-soon', row, until }
    : { is: 'sendable', row, shownId, files, outgoing: { to: recipient.to, body } };
}

function statementsOf(inbox: Inbox, judged: Judged): Statement[] {
  const { sql: db } = inbox;
  switch (judged.is) {
    case 'impossible':
      return failStatements(inbox, judged.row, judged.error);
    case 'too-soon':
      return [db.update(outbox).set({ notBefore: judged.until }).where(eq(outbox.id, judged.row.id))];
    case 'without-file':
      return [db.update(outbox).set({ fileId: judged.fileId }).where(eq(outbox.id, judged.row.id))];
    case 'settled':
      return [
        db.delete(outbox).where(eq(outbox.id, judged.row.id)),
        // A reaction that has nothing to stand on any more.
        db
          .update(reactions)
          .set({ emoji: '', status: 'cancelled', error: null })
          .where(eq(reactions.id, judged.row.id)),
      ];
    case 'sendable':
      return [];
  }
}

function claimStatements({ sql: db }: Inbox, claims: readonly Claim[], now: number): Statement[] {
  if (claims.length === 0) {
    return [];
  }
  const ids = claims.map(({ row }) => row.id);
  return [
    db.update(outbox).set({ state: 'sending', claimedAt: now }).where(inArray(outbox.id, ids)),
    db.insert(attempts).values(
      claims.map(({ row }) => ({
        subjectId: row.id,
        attempt: row.attempt,
        startedAt: now,
        outcome: 'open' as const,
      })),
    ),
    db
      .update(messages)
      .set({ status: 'sending', statusRank: statusRank('sending') })
      .where(inArray(messages.id, ids)),
    db.update(reactions).set({ status: 'sending' }).where(inArray(reactions.id, ids)),
  ];
}
