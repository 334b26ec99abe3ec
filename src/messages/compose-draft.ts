import type { Statement } from '#src/db/database.ts';
import type { Inbox } from '#src/db/inbox.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { type Draft, keepDraft, noDraft, readDraft } from './draft.ts';
import type { MessageContent } from './thread-message.ts';

/**
 * What sending means for the sender's draft: it is emptied, and stays as a revision, so that a save still under
 * way does not bring it back. One saved from another tab after the revision `base` stays as it is; keys have none.
 * A place or a list was not written in the box: what is begun there stays too.
 */
export async function emptyDraft(
  inbox: Inbox,
  conversationId: number,
  base: number | undefined,
  viewer: Viewer,
  now: number,
  content?: MessageContent,
): Promise<{ draft: Draft | null; statements: Statement[] }> {
  const isOfDraft = content === undefined || content.kind === 'text';
  if (viewer.kind !== 'person' || !isOfDraft) {
    return { draft: null, statements: [] };
  }
  const stored = await readDraft(inbox, conversationId, viewer.userId);
  if (base !== undefined && stored.revision > base) {
    return { draft: null, statements: [] };
  }
  const draft = { ...noDraft(conversationId), revision: Math.max(stored.revision, base ?? 0) + 1 };
  return { draft, statements: [keepDraft(inbox, draft, viewer.userId, now)] };
}
