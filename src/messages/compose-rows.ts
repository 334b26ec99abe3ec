import { eq } from 'drizzle-orm';
import type { Conversation } from '#src/conversations/conversation.ts';
import type { Statement } from '#src/db/database.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { attachments, conversations, files, messages, numbers } from '#src/db/schema/inbox/index.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { indexMessages } from '#src/search/index-rows.ts';
import type { NewMessage } from './compose.ts';
import type { SendableFile } from './compose-files.ts';
import type { Part } from './compose-parts.ts';
import { placeInThread } from './compose-place.ts';
import type { Quoted } from './compose-quoted.ts';
import { queue } from './outbox.ts';
import { queueReceipt } from './receipt.ts';
import { snippetOf } from './receive-snippet.ts';
import { statusRank } from './status.ts';

type Writing = Pick<NewMessage, 'keyOwner' | 'origin'> & {
  caseId: number;
  bodyHash: string;
  quoted: Quoted | null;
  conversation: Conversation;
  viewer: Viewer;
  now: number;
};
type Written = Part & { id: number; key: string };

/** The messages, their places in the outbox, and what their being queued means for the conversation. */
export async function writingStatements(
  inbox: Inbox,
  written: readonly Written[],
  writing: Writing,
): Promise<Statement[]> {
  const { conversation, now } = writing;
  const orderedAt = await placeInThread(inbox, conversation, now);
  return [
    ...written.flatMap((one, index) => {
      // What is quoted is answered once.
      const quoted = index === 0 ? writing.quoted : null;
      return messageStatements(inbox, one, { ...writing, quoted }, orderedAt);
    }),
    ...indexMessages(written.map(({ id, text, files }) => ({ id, text, file: files[0]?.row.name }))),
    touch(inbox, written, writing),
    ...(await receipt(inbox, writing)),
  ];
}

function messageStatements(inbox: Inbox, one: Written, writing: Writing, orderedAt: number): Statement[] {
  const { numberId, id: conversationId } = writing.conversation;
  const [first] = one.files;
  return [
    insertMessage(inbox, one, writing, orderedAt),
    queue(
      inbox,
      { messageId: one.id },
      {
        numberId,
        conversationId,
        lane: 'interactive',
        notBefore: writing.now,
        fileId: first?.row.id ?? null,
      },
    ),
    ...one.files.flatMap((file, position) => attach(inbox, one.id, file, { conversationId, position })),
  ];
}

/** From here on the file is this message's, and does not wait to be sent any more. */
function attach(
  { sql: db }: Inbox,
  messageId: number,
  { row: { id: fileId, name }, isRenamed }: SendableFile,
  { conversationId, position }: { conversationId: number; position: number },
): Statement[] {
  const kept = { conversationId, uploadedAt: null, ...(isRenamed ? { name } : {}) };
  return [
    db.insert(attachments).values({ messageId, position, fileId }),
    db.update(files).set(kept).where(eq(files.id, fileId)),
  ];
}

function insertMessage({ sql: db }: Inbox, one: Written, writing: Writing, orderedAt: number): Statement {
  const { caseId, conversation, quoted, viewer, now } = writing;
  const author =
    viewer.kind === 'person'
      ? { authorKind: 'person' as const, authorId: viewer.userId }
      : { authorKind: 'api' as const, authorId: viewer.keyId };
  return db.insert(messages).values({
    id: one.id,
    conversationId: conversation.id,
    caseId,
    numberId: conversation.numberId,
    direction: 'out',
    ...author,
    origin: writing.origin,
    type: one.type,
    text: one.text,
    content: JSON.stringify(one.content),
    quotedId: quoted?.id,
    quotedWamid: quoted?.wamid,
    orderedAt,
    arrivedAt: now,
    status: 'queued',
    statusRank: statusRank('queued'),
    idempotencyKey: one.key,
    keyOwner: writing.keyOwner,
    bodyHash: writing.bodyHash,
  });
}

/** An answer ends the customer's waiting and opens what was closed; a snoozed conversation stays snoozed. */
function touch({ sql: db }: Inbox, written: readonly Written[], writing: Writing): Statement {
  const { conversation, caseId, now } = writing;
  const last = written.at(-1);
  return db
    .update(conversations)
    .set({
      state: conversation.state === 'closed' ? 'open' : conversation.state,
      caseId,
      waitingSince: null,
      lastArrivedAt: Math.max(conversation.lastArrivedAt, now),
      lastMessageId: last?.id,
      snippet: snippetOf(last?.text ?? ''),
    })
    .where(eq(conversations.id, conversation.id));
}

/** Numbers that tell customers "read" only with an answer do it here. */
async function receipt(inbox: Inbox, { conversation, now }: Writing): Promise<Statement[]> {
  const [number] = await inbox.sql
    .select({ policy: numbers.readReceipts })
    .from(numbers)
    .where(eq(numbers.id, conversation.numberId))
    .limit(1);
  return number?.policy === 'answered' &&
    conversation.waitingSince !== null &&
    conversation.lastInboundId !== null
    ? [queueReceipt(inbox, conversation.id, conversation.lastInboundId, now)]
    : [];
}
