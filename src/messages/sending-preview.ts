import { toThreadFile } from '#src/attachments/load-files.ts';
import type { ThreadFile } from '#src/attachments/thread-file.ts';
import { findConversation } from '#src/conversations/conversation.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { demand } from '#src/people/permission.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { withHeading } from './compose-heading.ts';
import { readInteractive } from './compose-interactive.ts';
import type { AskedInteractive, Interactive } from './interactive.ts';

/** A message to be tapped as the customer would see it. */
export type SendingPreview = { text: string; content: Interactive; files: ThreadFile[] };

type Asked = { conversationId: number; text: string; content: AskedInteractive };

/** What would be sent; nothing is. Throws as composing does for what is past a limit or names a file that cannot go. */
export async function previewMessage(inbox: Inbox, asked: Asked, viewer: Viewer): Promise<SendingPreview> {
  const { id } = await findConversation(inbox, asked.conversationId, viewer);
  demand(viewer, 'messages.send');
  const { text, content } = readInteractive(asked.text, asked.content);
  const headed = await withHeading(inbox, content, id, viewer);
  return { text, content: headed.content, files: headed.files.map(({ row }) => toThreadFile(row)) };
}
