import { ne } from 'drizzle-orm';
import { findConversation } from '#src/conversations/conversation.ts';
import { readCursor, writeCursor } from '#src/conversations/cursor.ts';
import { seesPhones } from '#src/conversations/masking.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { messages } from '#src/db/schema/inbox/index.ts';
import { NotFound } from '#src/errors.ts';
import { loadMessages, toThreadMessages } from '#src/messages/load.ts';
import { maskedMessage } from '#src/messages/masked-message.ts';
import { readThread, threadParts, threadPosition } from '#src/messages/thread.ts';
import type { ThreadMessage } from '#src/messages/thread-message.ts';
import { countVersions } from '#src/messages/versions.ts';
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
  const seen = seesPhones(viewer) ? bubbles : bubbles.map(maskedMessage);
  return {
    data: await messagesJson(inbox, seen),
    next: last ? writeCursor(threadPosition(last)) : null,
  };
}

/** A message that the viewer has sent; who may not read conversations learns nothing of it but what they said. */
export async function loadMessage(inbox: Inbox, id: number, viewer: Viewer) {
  const [message] = await loadMessages(inbox, [id]);
  if (!message) {
    throw new NotFound(`message ${id}`);
  }
  const mayRead = viewer.permissions.has('conversations.read');
  const [found] = await messagesJson(inbox, [mayRead ? message : withoutOthers(message)]);
  return found;
}

/** Which message it quotes was said by its sender, under the id it has here. */
const withoutOthers = (message: ThreadMessage): ThreadMessage => ({
  ...message,
  quoted: message.quoted && { ...message.quoted, wamid: null },
  reactions: [],
});

async function messagesJson(inbox: Inbox, bubbles: readonly ThreadMessage[]) {
  const edited = bubbles.filter(({ editedAt }) => editedAt !== null).map(({ id }) => id);
  const versions = await countVersions(inbox, edited);
  return bubbles.map((bubble) => messageJson(bubble, versions.get(bubble.id)));
}
