import { and, count, eq } from 'drizzle-orm';
import type { FileRow } from '#src/attachments/load-files.ts';
import { KEPT_AT_META_MS } from '#src/attachments/upload-id.ts';
import type { Statement } from '#src/db/database.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { attempts, files, outbox } from '#src/db/schema/inbox/index.ts';
import type { OutboxRow } from './outbox.ts';
import type { Sender } from './outbox-sender.ts';
import type { Clock, Verdict } from './outcome.ts';
import { pauseStatements } from './outcome-pause.ts';
import { failStatements } from './outcome-rows.ts';
import type { Settled } from './outcome-settle.ts';
import { decideUpload, type UploadOutcome } from './upload-outcome.ts';

export type UploadTry = { row: OutboxRow; file: FileRow | null; sender: Sender };

/**
 * Writes what became of a try to upload, fsynced. The file that is at Meta now lets its message go; a message that was
 * called off meanwhile stays so. Resolves to what it means for the message, or null when it may go.
 */
export function settleUpload(
  inbox: Inbox,
  { row, file, sender }: UploadTry,
  outcome: UploadOutcome,
  clock: Clock,
): Promise<Settled | null> {
  return inbox.turn(async (commit) => {
    const refusals = await countRefusals(inbox, row, outcome);
    const verdict = decideUpload(outcome, { ...clock, refusals, tries: file?.tries ?? 0 });
    if (verdict === null) {
      await commit('full', uploadedStatements(inbox, row, file, outcome, clock.now));
      return null;
    }
    const isWaiting = await waits(inbox, row);
    await commit('full', [
      ...fileStatements(inbox, file, outcome),
      ...(isWaiting ? rowStatements(inbox, row, verdict, outcome, clock.now) : []),
      ...pauseStatements(inbox, [{ claim: { row, sender }, verdict }], clock.now),
    ]);
    const { conversationId, numberId } = row;
    return { numberId, verdict, change: { conversationId, messages: [row.id] } };
  });
}

/** It may have been called off, or have been sent again as another attempt. */
const thisTry = (row: OutboxRow) =>
  and(eq(outbox.id, row.id), eq(outbox.state, 'queued'), eq(outbox.attempt, row.attempt));

async function waits({ sql: db }: Inbox, row: OutboxRow): Promise<boolean> {
  const found = await db.select({ id: outbox.id }).from(outbox).where(thisTry(row)).limit(1);
  return found.length > 0;
}

async function countRefusals({ sql: db }: Inbox, { id }: OutboxRow, outcome: UploadOutcome): Promise<number> {
  if (outcome.kind !== 'refused') {
    return 0;
  }
  const [found] = await db
    .select({ times: count() })
    .from(attempts)
    .where(and(eq(attempts.subjectId, id), eq(attempts.errorCode, outcome.error.code)));
  return found?.times ?? 0;
}

function uploadedStatements(
  { sql: db }: Inbox,
  row: OutboxRow,
  file: FileRow | null,
  outcome: UploadOutcome,
  now: number,
): Statement[] {
  if (file === null || outcome.kind !== 'uploaded') {
    return [];
  }
  const atMeta = { mediaId: outcome.mediaId, mediaExpiresAt: now + KEPT_AT_META_MS, tries: 0 };
  return [
    db.update(files).set(atMeta).where(eq(files.id, file.id)),
    db.update(outbox).set({ fileId: null }).where(thisTry(row)),
  ];
}

function fileStatements({ sql: db }: Inbox, file: FileRow | null, outcome: UploadOutcome): Statement[] {
  return file !== null && outcome.kind === 'unknown'
    ? [
        db
          .update(files)
          .set({ tries: file.tries + 1 })
          .where(eq(files.id, file.id)),
      ]
    : [];
}

/** A refusal counts as an attempt, so that the next one of its kind is told from the first. */
function rowStatements(
  inbox: Inbox,
  row: OutboxRow,
  verdict: Verdict,
  outcome: UploadOutcome,
  now: number,
): Statement[] {
  const { sql: db } = inbox;
  const { id: subjectId, attempt } = row;
  const refused =
    outcome.kind === 'refused'
      ? [
          db.insert(attempts).values({
            subjectId,
            attempt,
            startedAt: now,
            endedAt: now,
            outcome: 'refused',
            errorCode: outcome.error.code,
          }),
        ]
      : [];
  if (verdict.to === 'queued') {
    const next = { attempt: attempt + refused.length, notBefore: verdict.notBefore };
    return [...refused, db.update(outbox).set(next).where(thisTry(row))];
  } else {
    return [...refused, ...(verdict.to === 'failed' ? failStatements(inbox, row, verdict.error) : [])];
  }
}
