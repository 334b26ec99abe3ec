import { eq } from 'drizzle-orm';
import type { Conversation } from '#src/conversations/conversation.ts';
import type { Statement } from '#src/db/database.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { conversations, messages, numbers } from '#src/db/schema/inbox/index.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { indexMessages } from '#src/search/index-rows.ts';
import type { NewMessage } from './compose.ts';
import { placeInThread } from './compose-place.ts';
import type { Quoted } from './compose-quoted.ts';
import { queue } from './outbox.ts';
import { queueReceipt } from './receipt.ts';
import { snippetOf } from './receive-snippet.ts';
import { statusRank } from './status.ts';

type Writing = NewMessage & {
  messageId: number;
  caseId: number;
  bodyHash: string;
  quoted: Quoted | null;
  conversation: Conversation;
  viewer: Viewer;
  now: number;
};

/** The message, its place in the outbox, and what its being queued means for the conversation. */
export async function messageStatements(inbox: Inbox, writing: Writing): Promise<Statement[]> {
  const { conversation, messageId, now } = writing;
  const place = {
    numberId: conversation.numberId,
    conversationId: conversation.id,
    lane: 'interactive' as const,
    notBefore: now,
  };
  return [
    insertMessage(inbox, writing, await placeInThread(inbox, conversation, now)),
    ...indexMessages([{ id: messageId, text: writing.text }]),
    queue(inbox, { messageId }, place),
    touch(inbox, writing),
    ...(await receipt(inbox, writing)),
  ];
}

function insertMessage({ sql: db }: Inbox, writing: Writing, orderedAt: number): Statement {
  const { messageId, caseId, conversation, text, quoted, viewer, now } = writing;
  const author =
    viewer.kind === 'person'
      ? { authorKind: 'person' as const, authorId: viewer.userId }
      : { authorKind: 'api' as const, authorId: viewer.keyId };
  return db.insert(messages).values({
    id: messageId,
    conversationId: conversation.id,
    caseId,
    numberId: conversation.numberId,
    direction: 'out',
    ...author,
    origin: writing.origin,
    type: 'text',
    text,
    content: JSON.stringify({ kind: 'text' }),
    quotedId: quoted?.id,
    quotedWamid: quoted?.wamid,
    orderedAt,
    arrivedAt: now,
    status: 'queued',
    statusRank: statusRank('queued'),
    idempotencyKey: writing.key,
    keyOwner: writing.keyOwner,
    bodyHash: writing.bodyHash,
  });
}

/** An answer ends the customer's waiting and opens what was closed; a snoozed conversation stays snoozed. */
function touch({ sql: db }: Inbox, { conversation, messageId, caseId, text, now }: Writing): Statement {
  return db
    .update(conversations)
    .set({
      state: conversation.state === 'closed' ? 'open' : conversation.state,
      caseId,
      waitingSince: null,
      lastArrivedAt: Math.max(conversation.lastArrivedAt, now),
      lastMessageId: messageId,
      snippet: snippetOf(text),
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
