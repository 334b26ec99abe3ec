import { ne } from 'drizzle-orm';
import { findConversation } from '#src/conversations/conversation.ts';
import { readCursor, writeCursor } from '#src/conversations/cursor.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { messages } from '#src/db/schema/inbox/index.ts';
import { NotFound } from '#src/errors.ts';
import { loadMessages, toThreadMessages } from '#src/messages/load.ts';
import { readThread, threadParts, threadPosition } from '#src/messages/thread.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { messageJson } from './message-json.ts';

/** What was said in a conversation, the newest first; notes are for the team alone. */
export async function listMessages(
  inbox: Inbox,
  conversationId: number,
  viewer: Viewer,
  { before, limit }: { before: string | undefined; limit: number },
) {
  const { id } = await findConversation(inbox, conversationId, viewer);
  const until = before === undefined ? [] : readCursor(before, 2, 'before');
  const parts = await threadParts(inbox, id);
  const rows = await readThread(inbox, parts, until, limit + 1, ne(messages.direction, 'note'));
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  const bubbles = await toThreadMessages(inbox, shown);
  return {
    data: bubbles.map(messageJson),
    next: last ? writeCursor(threadPosition(last)) : null,
  };
}

export async function loadMessage(inbox: Inbox, id: number) {
  const [message] = await loadMessages(inbox, [id]);
  if (!message) {
    throw new NotFound(`message ${id}`);
  }
  return messageJson(message);
}
