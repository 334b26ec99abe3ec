import { and, eq, inArray, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { type Files, loadFiles } from '#src/attachments/load-files.ts';
import type { ThreadFile } from '#src/attachments/thread-file.ts';
import { shownName } from '#src/contacts/shown-name.ts';
import { built, places } from '#src/db/built.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { filledUp } from '#src/db/lookup.ts';
import { contacts, conversations, members, messages, outbox } from '#src/db/schema/inbox/index.ts';
import { shaped } from '#src/db/shaped.ts';
import { loadReactions, type Reactions } from './load-reactions.ts';
import { readContent, readError } from './stored-content.ts';
import type { MessageContent, ThreadMessage } from './thread-message.ts';

/** What came over this long after Meta's time of it is marked as late. */
export const LATE_MS = 60_000;
const EXCERPT = 120;
/** Types that never have a file: most messages are of them, and need not be asked about. */
const FILELESS = new Set(['text', 'location', 'contacts', 'order', 'button', 'call', 'reaction', 'system']);

/** Whom a merged contact now is. */
const person = alias(contacts, 'person');
const author = alias(members, 'author');
const quoted = alias(messages, 'quoted');
const quotedAuthor = alias(members, 'quoted_author');

const contactName = shownName(person, contacts);

/** Everything a bubble shows but its reactions and files. */
export const messageFields = {
  message: {
    id: messages.id,
    direction: messages.direction,
    authorKind: messages.authorKind,
    authorId: messages.authorId,
    origin: messages.origin,
    type: messages.type,
    text: messages.text,
    content: messages.content,
    quotedWamid: messages.quotedWamid,
    wamid: messages.wamid,
    orderedAt: messages.orderedAt,
    arrivedAt: messages.arrivedAt,
    status: messages.status,
    error: messages.error,
    idempotencyKey: messages.idempotencyKey,
    pricingType: messages.pricingType,
    pricingCategory: messages.pricingCategory,
    editedAt: messages.editedAt,
    revokedAt: messages.revokedAt,
  },
  conversationId: sql<number>`coalesce(${conversations.mergedIntoId}, ${messages.conversationId})`,
  contactName,
  authorName: author.name,
  quoted: {
    id: quoted.id,
    authorKind: quoted.authorKind,
    type: quoted.type,
    text: quoted.text,
    revokedAt: quoted.revokedAt,
    content: quoted.content,
  },
  quotedAuthorName: quotedAuthor.name,
  askedAt: outbox.askedAt,
};

/**
 * These fields, to be given `where`, `orderBy` and `limit`. Outer joins only, each on a whole key: they keep
 * `messages` the outer loop, so the order of its index is the order of the rows.
 */
export function selectMessages({ sql: database }: Inbox) {
  return database
    .select(messageFields)
    .from(messages)
    .leftJoin(conversations, eq(conversations.id, messages.conversationId))
    .leftJoin(contacts, eq(contacts.id, conversations.contactId))
    .leftJoin(person, eq(person.id, contacts.mergedIntoId))
    .leftJoin(author, and(eq(author.userId, messages.authorId), eq(messages.authorKind, 'person')))
    .leftJoin(quoted, eq(quoted.id, messages.quotedId))
    .leftJoin(quotedAuthor, and(eq(quotedAuthor.userId, quoted.authorId), eq(quoted.authorKind, 'person')))
    .leftJoin(outbox, eq(outbox.id, messages.id))
    .$dynamic();
}

export type MessageRow = Awaited<ReturnType<typeof selectMessages>>[number];

/** The rows as bubbles, in their order; two statements more, for all their reactions and all their files together. */
export async function toThreadMessages(inbox: Inbox, rows: readonly MessageRow[]): Promise<ThreadMessage[]> {
  const reactions = await loadReactions(
    inbox,
    rows.map((row) => row.message.id),
  );
  const files = await loadFiles(inbox, [...new Set(rows.flatMap(withFiles))]);
  return rows.map((row) => toThreadMessage(row, reactions, files));
}

/** The message and the one it quotes, as far as they may have files. */
const withFiles = ({ message, quoted: original }: MessageRow): number[] =>
  [message, original].flatMap((one) => (one === null || FILELESS.has(one.type) ? [] : [one.id]));

/** These messages, in no particular order; an id that leads nowhere is left out. */
export async function loadMessages(inbox: Inbox, ids: readonly number[]): Promise<ThreadMessage[]> {
  if (ids.length === 0) {
    return [];
  }
  const list = filledUp([...ids]);
  const statement = built(inbox, `messages by id ${list.length}`, () =>
    shaped(inbox, selectMessages(inbox).where(inArray(messages.id, places(list))), messageFields),
  );
  return toThreadMessages(inbox, statement.all(Object.fromEntries(list.entries())));
}

function toThreadMessage(row: MessageRow, reactions: Reactions, files: Files): ThreadMessage {
  const { message } = row;
  const { content, ...marks } = readContent(message.content, message.type);
  return {
    id: message.id,
    conversationId: row.conversationId,
    direction: message.direction,
    author: {
      kind: message.authorKind,
      id: message.authorId,
      name: nameOf(message.authorKind, row.authorName, row),
    },
    type: message.type,
    text: message.text,
    content,
    quoted: quotedOf(row, files),
    ...marks,
    ...(message.origin === 'history' ? { isPast: true as const } : {}),
    editedAt: message.editedAt,
    revokedAt: message.revokedAt,
    wamid: message.wamid,
    ...(message.origin === 'inbox' && message.idempotencyKey ? { key: message.idempotencyKey } : {}),
    status: message.status,
    asks: message.status === 'unknown' && row.askedAt !== null,
    error: readError(message.error),
    ...pricingOf(message),
    orderedAt: message.orderedAt,
    arrivedAt: message.arrivedAt,
    late:
      message.direction === 'in' &&
      message.origin !== 'history' &&
      message.arrivedAt - message.orderedAt > LATE_MS,
    reactions: reactions.get(message.id) ?? [],
    files: message.revokedAt === null ? (files.get(message.id) ?? []) : [],
  };
}

function pricingOf({
  pricingType: type,
  pricingCategory: category,
}: MessageRow['message']): Pick<ThreadMessage, 'pricing'> {
  return type === null && category === null ? {} : { pricing: { type, category } };
}

function quotedOf(row: MessageRow, files: Files): ThreadMessage['quoted'] {
  const { message, quoted: original } = row;
  if (original !== null) {
    const name = nameOf(original.authorKind, row.quotedAuthorName, row);
    const { id, type, text } = original;
    const isRevoked = original.revokedAt !== null;
    const { content } = readContent(original.content, type);
    const file = isRevoked ? {} : fileInQuote(content, files.get(id));
    const { quotedWamid: wamid } = message;
    return { id, wamid, author: name, excerpt: excerptOf(text), type, isRevoked, ...file };
  } else if (message.quotedWamid !== null) {
    return { id: null, wamid: message.quotedWamid, author: '', excerpt: '' };
  } else {
    return null;
  }
}

/** Of a quoted message: what its file is, and which file has a small picture to show. */
export function fileInQuote(
  content: MessageContent,
  files: readonly ThreadFile[] = [],
): Pick<NonNullable<ThreadMessage['quoted']>, 'media' | 'pictured'> {
  const pictured = files.find(({ hasThumbnail }) => hasThumbnail);
  return {
    ...(content.kind === 'media' ? { media: { media: content.media, voice: content.voice === true } } : {}),
    ...(pictured ? { pictured: pictured.id } : {}),
  };
}

/** A customer is called as the contact is now; rules, keys and the program have words instead of a name. */
function nameOf(kind: ThreadMessage['author']['kind'], member: string | null, row: MessageRow): string {
  if (kind === 'customer') {
    return row.contactName;
  } else {
    return member ?? '';
  }
}

function excerptOf(text: string): string {
  const characters = [...text.slice(0, EXCERPT * 2)];
  return characters.length > EXCERPT ? `${characters.slice(0, EXCERPT).join('')}…` : characters.join('');
}
