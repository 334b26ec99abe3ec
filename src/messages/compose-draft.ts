import type { Statement } from '#src/db/database.ts';
import type { Inbox } from '#src/db/inbox.ts';
import type { Viewer } from '#src/people/viewer.ts';
import type { SentContent } from './compose-content.ts';
import { type Draft, keepDraft, noDraft, readDraft } from './draft.ts';

export type Sending = {
  conversationId: number;
  /** The revision of the draft that was sent. */
  draftRevision?: number;
  quotedId?: number;
  content?: SentContent;
};

/**
 * What sending means for the sender's draft: it is emptied, and stays as a revision, so that a save still under
 * way does not bring it back. One saved from another tab after the revision `base` stays as it is; keys have none.
 * A place or a list was not written in the box: what is begun there stays too, without the quote that has been answered.
 */
export async function emptyDraft(
  inbox: Inbox,
  { conversationId, draftRevision: base, quotedId, content }: Sending,
  viewer: Viewer,
  now: number,
): Promise<{ draft: Draft | null; statements: Statement[] }> {
  if (viewer.kind !== 'person') {
    return { draft: null, statements: [] };
  }
  const stored = await readDraft(inbox, conversationId, viewer.userId);
  const isOfDraft = content === undefined || content.kind === 'text';
  const isQuoteAnswered = quotedId !== undefined && stored.quotedId === quotedId;
  if ((base !== undefined && stored.revision > base) || !(isOfDraft || isQuoteAnswered)) {
    return { draft: null, statements: [] };
  }
  const left = isOfDraft ? noDraft(conversationId) : { ...stored, quotedId: null };
  const draft = { ...left, revision: Math.max(stored.revision, base ?? 0) + 1 };
  return { draft, statements: [keepDraft(inbox, draft, viewer.userId, now)] };
}
