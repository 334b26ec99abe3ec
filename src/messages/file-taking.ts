import type { FileRow } from '#src/attachments/load-files.ts';
import { takeFile, type Upload, type UploadParts } from '#src/attachments/upload.ts';
import { findConversation } from '#src/conversations/conversation.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { demand } from '#src/people/permission.ts';
import type { Viewer } from '#src/people/viewer.ts';

/** Into a conversation that the viewer may write to. Throws `NotFound`, `Forbidden` before a byte is read. */
export async function takeInto(
  services: UploadParts,
  inbox: Inbox,
  upload: Upload & { conversationId: number },
  viewer: Viewer,
): Promise<FileRow> {
  const { id: conversationId } = await findConversation(inbox, upload.conversationId, viewer);
  demand(viewer, 'messages.send');
  return takeFile(services, inbox, { ...upload, conversationId }, viewer);
}
