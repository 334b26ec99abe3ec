import type { SentKind } from '#src/attachments/send-limits.ts';
import { findConversation } from '#src/conversations/conversation.ts';
import type { Inbox } from '#src/db/inbox.ts';
import type { LiveChange } from '#src/live/change.ts';
import { demand } from '#src/people/permission.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { caseOfMessage } from './compose-case.ts';
import { refuseCollision } from './compose-collision.ts';
import { readComposed, readText, type SentContent } from './compose-content.ts';
import { emptyDraft } from './compose-draft.ts';
import { findSendable } from './compose-files.ts';
import { asFirstSent, contentPart } from './compose-heading.ts';
import { findEarlier, hashOf, keysOf } from './compose-key.ts';
import { partsOf } from './compose-parts.ts';
import { findQuoted } from './compose-quoted.ts';
import { writingStatements } from './compose-rows.ts';
import type { Draft } from './draft.ts';
import { obstacleProblem, obstacleTo } from './outbox-obstacle.ts';
import { loadRecipients } from './outbox-subject.ts';

export type NewMessage = {
  conversationId: number;
  /** May be empty when files go with it. */
  text: string;
  /** Ids of files that were uploaded for this conversation; each becomes a message. */
  files?: readonly number[];
  /** What the files go as; without it, as what their bytes say. */
  as?: SentKind;
  /** What the files are called from then on; without it, as they were uploaded. */
  filename?: string;
  /** Instead of files: a place, cards, something to tap, or a text with a preview of its link. */
  content?: SentContent;
  quotedId?: number;
  /** The newest message the writer had seen when they began; an answer of somebody else's after it is asked about. */
  seenId?: number;
  /** The revision of the writer's draft that this was. */
  draftRevision?: number;
  /** Made where the message was written, sent again with every repeat; kept for ever. Further messages have `key.2` … */
  key: string;
  /** Whose keys it is unique among: `person:<id>` or `key:<id>`. */
  keyOwner: string;
  origin: 'inbox' | 'api';
};

export type Composed = {
  /** The first of them. */
  messageId: number;
  /** False for a repeat. */
  isNew: boolean;
  /** To be published. */
  change: LiveChange;
  /** The writer's draft, now empty; null when it stays as it is or there is none. */
  draft: Draft | null;
};

/**
 * Writes a message and queues it, fsynced: once this resolves it will be sent, whatever happens to the process. With
 * several files it is several messages, all of them or none. A repeat with the same key and body resolves to the first
 * ones. Throws `Invalid` for the text, the files or the quoted message, `NotFound`, `Forbidden`, and `Problem` 422:
 * `idempotency-mismatch`, `window-closed`, `opted-out`, `blocked`, `no-address`; and `AnsweredMeanwhile`, after which
 * nothing is written.
 */
export function composeMessage(
  inbox: Inbox,
  message: NewMessage,
  viewer: Viewer,
  now: number,
): Promise<Composed> {
  return inbox.turn(async (commit) => {
    const conversation = await findConversation(inbox, message.conversationId, viewer);
    demand(viewer, 'messages.send');
    const { files: ids = [], as, filename } = message;
    const { text, content: given } = readMessage(message);
    const content = given && (await asFirstSent(inbox, message, given, viewer));
    const conversationId = conversation.id;
    const bodyHash = hashOf({ ...message, text, ...(content ? { content } : {}) });
    const earlier = await findEarlier(inbox, message, bodyHash, ids.length + 1);
    const [first] = earlier;
    if (first !== undefined) {
      return { messageId: first, isNew: false, change: { conversationId, messages: earlier }, draft: null };
    }
    const parts = content
      ? [await contentPart(inbox, { text, content }, conversationId, viewer)]
      : partsOf(text, await findSendable(inbox, { ids, as, filename, conversationId }, viewer));
    const recipients = await loadRecipients(inbox, [conversationId]);
    const obstacle = obstacleTo(recipients.get(conversationId), now);
    if (obstacle) {
      throw obstacleProblem(obstacle);
    }
    if (message.seenId !== undefined) {
      await refuseCollision(inbox, conversationId, message.seenId, viewer);
    }
    const quoted = await findQuoted(inbox, conversationId, message.quotedId);
    const keys = keysOf(message.key, parts.length);
    const written = parts.map((part, index) => ({ ...part, id: inbox.nextId(), key: keys[index] ?? '' }));
    const { caseId, statements, events } = await caseOfMessage(inbox, conversation, viewer, now);
    const emptied = await emptyDraft(inbox, { ...message, conversationId }, viewer, now);
    const { keyOwner, origin } = message;
    const writing = { keyOwner, origin, bodyHash, quoted, caseId, conversation, viewer, now };
    await commit('full', [
      ...statements,
      ...(await writingStatements(inbox, written, writing)),
      ...emptied.statements,
    ]);
    const messages = written.map(({ id }) => id);
    const change = { conversationId, messages, events };
    return { messageId: messages[0] ?? 0, isNew: true, change, draft: emptied.draft };
  });
}

/** What is to be sent, clean and within Meta's limits; a plain text has no content of its own. */
function readMessage({ text: given, files = [], content }: NewMessage) {
  return content === undefined
    ? { text: readText(given, files.length > 0), content: undefined }
    : readComposed(given, content);
}
