import { findUnsent } from '#src/attachments/unsent-files.ts';
import { toUploadedFile } from '#src/attachments/uploaded-file.ts';
import { findConversation } from '#src/conversations/conversation.ts';
import type { Inbox } from '#src/db/inbox.ts';
import type { PersonViewer } from '#src/live/topics.ts';
import { demand } from '#src/people/permission.ts';
import { type Draft, keepDraft, readDraft, readTyped } from './draft.ts';

type Added = {
  conversationId: number;
  fileIds: readonly number[];
  /** The key the page would have sent it under. */
  key: string;
  /** What was typed beside them; what is left out stays as it is kept. */
  text?: string;
  quotedId?: number | null;
};

/** Puts files that were just uploaded into the viewer's draft, after those it has. Throws `NotFound`, `Forbidden`. */
export function addToDraft(inbox: Inbox, added: Added, viewer: PersonViewer, now: number): Promise<Draft> {
  return inbox.turn(async (commit) => {
    const { id: conversationId } = await findConversation(inbox, added.conversationId, viewer);
    demand(viewer, 'messages.send');
    const stored = await readDraft(inbox, conversationId, viewer.userId);
    const ids = [...new Set([...stored.files.map(({ id }) => id), ...added.fileIds])];
    const uploadedBy = `person:${viewer.userId}`;
    const files = await findUnsent(inbox, { ids, uploadedBy, conversationId });
    const draft = {
      ...stored,
      files: files.map(toUploadedFile),
      text: added.text === undefined ? stored.text : readTyped(added.text),
      quotedId: added.quotedId === undefined ? stored.quotedId : added.quotedId,
      key: stored.key || added.key,
      revision: stored.revision + 1,
    };
    await commit('normal', [keepDraft(inbox, draft, viewer.userId, now)]);
    return draft;
  });
}
