import { and, eq, sql } from 'drizzle-orm';
import { findUnsent } from '#src/attachments/unsent-files.ts';
import { toUploadedFile, type UploadedFile } from '#src/attachments/uploaded-file.ts';
import { findConversation } from '#src/conversations/conversation.ts';
import { built } from '#src/db/built.ts';
import { clean } from '#src/db/clean.ts';
import type { Statement } from '#src/db/database.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { drafts } from '#src/db/schema/inbox/index.ts';
import type { PersonViewer } from '#src/live/topics.ts';
import { demand } from '#src/people/permission.ts';

/** What one person has begun to write in a conversation; an empty text is a draft that was sent or taken back. */
export type Draft = {
  conversationId: number;
  text: string;
  quotedId: number | null;
  /** What will go with it. */
  files: UploadedFile[];
  /** The idempotency key it will be sent under: two tabs that hold it send one message. */
  key: string;
  /** Rises with every change; 0 before the first. */
  revision: number;
};

/** What somebody typed after having seen the draft at revision `base`. */
export type Typed = Omit<Draft, 'revision' | 'files'> & {
  base: number;
  /** Left out by a page that knows nothing of files: they stay as they are. */
  fileIds?: readonly number[];
};

export const noDraft = (conversationId: number): Draft => ({
  conversationId,
  text: '',
  quotedId: null,
  files: [],
  key: '',
  revision: 0,
});

/** The viewer's own draft there. Throws `NotFound`. */
export async function findDraft(inbox: Inbox, id: number, viewer: PersonViewer): Promise<Draft> {
  const conversation = await findConversation(inbox, id, viewer);
  return readDraft(inbox, conversation.id, viewer.userId);
}

/**
 * Keeps what was typed, unless a newer revision is kept already: then that one is answered and nothing changes.
 * Throws `NotFound` and `Forbidden`.
 */
export function saveDraft(
  inbox: Inbox,
  typed: Typed,
  viewer: PersonViewer,
  now: number,
): Promise<{ isKept: boolean; draft: Draft }> {
  return inbox.turn(async (commit) => {
    const { id: conversationId } = await findConversation(inbox, typed.conversationId, viewer);
    demand(viewer, 'messages.send');
    const stored = await readDraft(inbox, conversationId, viewer.userId);
    const { base, fileIds = idsOf(stored), quotedId, key } = typed;
    const files = await readFiles(inbox, fileIds, conversationId, viewer.userId);
    const content = { conversationId, text: readTyped(typed.text), quotedId, key, files };
    if (stored.revision > base) {
      return { isKept: isSame(stored, content), draft: stored };
    }
    const draft = { ...content, revision: base + 1 };
    if (!isSame(stored, content)) {
      await commit('normal', [keepDraft(inbox, draft, viewer.userId, now)]);
      return { isKept: true, draft };
    }
    return { isKept: true, draft: stored };
  });
}

/** The draft as it is stored; read inside a turn, it stays so until that turn commits. */
export async function readDraft(inbox: Inbox, conversationId: number, userId: number): Promise<Draft> {
  const statement = built(inbox, 'draft', () => {
    const { text, quotedId, fileIds, key, revision } = drafts;
    return inbox.sql
      .select({ text, quotedId, fileIds, key, revision })
      .from(drafts)
      .where(
        and(
          eq(drafts.conversationId, sql.placeholder('conversationId')),
          eq(drafts.userId, sql.placeholder('userId')),
        ),
      )
      .limit(1)
      .prepare();
  });
  const [stored] = await statement.all({ conversationId, userId });
  if (!stored) {
    return noDraft(conversationId);
  }
  const { fileIds, ...content } = stored;
  const ids = fileIds.split(' ').filter(Boolean).map(Number);
  return { conversationId, ...content, files: await readFiles(inbox, ids, conversationId, userId) };
}

async function readFiles(
  inbox: Inbox,
  ids: readonly number[],
  conversationId: number,
  userId: number,
): Promise<UploadedFile[]> {
  const uploadedBy = `person:${userId}`;
  return (await findUnsent(inbox, { ids, uploadedBy, conversationId })).map(toUploadedFile);
}

export function keepDraft({ sql: db }: Inbox, draft: Draft, userId: number, now: number): Statement {
  const { conversationId, files: _, ...typed } = draft;
  const content = { ...typed, fileIds: idsOf(draft).join(' ') };
  return db
    .insert(drafts)
    .values({ conversationId, userId, ...content, at: now })
    .onConflictDoUpdate({ target: [drafts.conversationId, drafts.userId], set: { ...content, at: now } });
}

function isSame(stored: Draft, typed: Omit<Draft, 'revision'>): boolean {
  return (
    stored.text === typed.text &&
    stored.quotedId === typed.quotedId &&
    idsOf(stored).join(' ') === idsOf(typed).join(' ')
  );
}

const idsOf = ({ files }: Pick<Draft, 'files'>): number[] => files.map(({ id }) => id);

/** Forms write line ends as CRLF. */
export function readTyped(given: string): string {
  return clean(given).replaceAll('\r\n', '\n');
}
