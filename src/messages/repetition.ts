import { and, eq, inArray, max } from 'drizzle-orm';
import type { FileRow } from '#src/attachments/load-files.ts';
import { isAtMeta } from '#src/attachments/upload-id.ts';
import { findConversation } from '#src/conversations/conversation.ts';
import type { Statement } from '#src/db/database.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { attempts, conversations, files, messages } from '#src/db/schema/inbox/index.ts';
import type { LiveChange } from '#src/live/change.ts';
import { demand } from '#src/people/permission.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { caseOfMessage } from './compose-case.ts';
import { queue } from './outbox.ts';
import { readAllFiles } from './outbox-files.ts';
import { obstacleProblem, obstacleTo } from './outbox-obstacle.ts';
import { loadRecipients } from './outbox-subject.ts';
import { templateMessage } from './outbox-template.ts';
import { findInOutbox } from './resolution.ts';
import { statusRank } from './status.ts';

type MessageRow = typeof messages.$inferSelect;

/** After these the file itself is given to Meta anew: ours, invalid parameters, and what Meta says of media. */
const ABOUT_THE_FILE = [-1, 100, 131009, 131052, 131053];

/**
 * Sends a message whose file failed again, in its place and with its caption, as a new attempt: nothing has to be
 * uploaded or written a second time. Its wamid stays until the new attempt has one, so that a late status of the old
 * attempt is known for what it is. Nothing happens when it has not failed, or not any more. Throws `NotFound`,
 * `Forbidden`, and `Problem` 422 as composing does.
 */
export function repeatMessage(
  inbox: Inbox,
  messageId: number,
  viewer: Viewer,
  now: number,
): Promise<LiveChange> {
  return inbox.turn(async (commit) => {
    const { conversationId, row } = await findInOutbox(inbox, messageId, viewer);
    demand(viewer, 'messages.send');
    const change = { conversationId, messages: [messageId] };
    const failed = row === null ? await readFailed(inbox, messageId) : null;
    if (failed === null) {
      return change;
    }
    const recipients = await loadRecipients(inbox, [conversationId]);
    const obstacle = obstacleTo(recipients.get(conversationId), now, mannerOf(failed, now));
    if (obstacle) {
      throw obstacleProblem(obstacle);
    }
    const conversation = await findConversation(inbox, conversationId, viewer);
    const { caseId, statements, events } = await caseOfMessage(inbox, conversation, viewer, now);
    const { state } = conversation;
    await commit('full', [
      ...statements,
      ...(await againStatements(inbox, failed, caseId, now)),
      inbox.sql
        .update(conversations)
        .set({ state: state === 'closed' ? 'open' : state, caseId, waitingSince: null })
        .where(eq(conversations.id, conversationId)),
    ]);
    return { ...change, events };
  });
}

type Failed = { message: MessageRow; files: readonly FileRow[] };

async function readFailed(inbox: Inbox, messageId: number): Promise<Failed | null> {
  const [message] = await inbox.sql
    .select()
    .from(messages)
    .where(and(eq(messages.id, messageId), eq(messages.direction, 'out'), eq(messages.status, 'failed')))
    .limit(1);
  const own = message && (await readAllFiles(inbox, [messageId])).get(messageId);
  return message && own ? { message, files: own } : null;
}

const mannerOf = ({ message, files }: Failed, now: number) =>
  message.type === 'template' ? templateMessage(message, files, now).manner : 'free';

async function againStatements(
  inbox: Inbox,
  { message, files: own }: Failed,
  caseId: number,
  now: number,
): Promise<Statement[]> {
  const { sql: db } = inbox;
  const { id, conversationId, numberId, errorCode } = message;
  // Which of them it was is not said.
  const isAboutFile = ABOUT_THE_FILE.includes(errorCode ?? 0);
  const stale = own.filter((file) => isAboutFile || !isAtMeta(file, now));
  const place = { numberId, conversationId, lane: 'interactive' as const, notBefore: now };
  const attempt = (await lastAttempt(inbox, id)) + 1;
  return [
    db
      .update(messages)
      .set({ status: 'queued', statusRank: statusRank('queued'), errorCode: null, error: null, caseId })
      .where(eq(messages.id, id)),
    queue(inbox, { messageId: id }, { ...place, attempt, fileId: stale[0]?.id ?? null }),
    db
      .update(files)
      .set({ tries: 0 })
      .where(inArray(files.id, own.map(idOf))),
    db
      .update(files)
      .set({ mediaId: null, mediaExpiresAt: null })
      .where(inArray(files.id, stale.map(idOf))),
  ];
}

const idOf = ({ id }: FileRow) => id;

async function lastAttempt({ sql: db }: Inbox, id: number): Promise<number> {
  const [last] = await db
    .select({ attempt: max(attempts.attempt) })
    .from(attempts)
    .where(eq(attempts.subjectId, id));
  return last?.attempt ?? 0;
}
