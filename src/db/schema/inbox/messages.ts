import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { at, bytes, flag, id, isOneOf, oneOf } from '../columns.ts';
import { conversations } from './conversations.ts';
import { numbers } from './numbers.ts';

export const directions = ['in', 'out', 'note'] as const;
export const authorKinds = ['customer', 'person', 'api', 'rule', 'system', 'phone_app'] as const;
export const origins = ['inbox', 'api', 'rule', 'broadcast', 'schedule', 'phone_app', 'history'] as const;
export const messageStatuses = [
  'received',
  'scheduled',
  'queued',
  'sending',
  'unknown',
  'accepted',
  'sent',
  'delivered',
  'read',
  'played',
  'failed',
  'cancelled',
] as const;

export const messages = sqliteTable(
  'messages',
  {
    id: id(),
    conversationId: integer('conversation_id')
      .notNull()
      .references(() => conversations.id),
    caseId: integer('case_id'),
    numberId: integer('number_id')
      .notNull()
      .references(() => numbers.id),
    direction: oneOf('direction', directions).notNull(),
    authorKind: oneOf('author_kind', authorKinds).notNull(),
    authorId: integer('author_id'),
    origin: oneOf('origin', origins).notNull(),
    /** Meta's type, or `unsupported`. */
    type: text('type').notNull(),
    /** What a person reads: body, caption, button title. */
    text: text('text').notNull().default(''),
    /** JSON: the parts of the kind that `text` does not hold. */
    content: text('content').notNull().default('{}'),
    quotedWamid: text('quoted_wamid'),
    quotedId: integer('quoted_id'),
    wamid: text('wamid'),
    /** The thread's order: inbound Meta's second, outbound our clock; fixed when the row is made. */
    orderedAt: at('ordered_at').notNull(),
    arrivedAt: at('arrived_at').notNull(),
    status: oneOf('status', messageStatuses).notNull(),
    statusRank: integer('status_rank').notNull(),
    errorCode: integer('error_code'),
    /** JSON: code, title, detail. */
    error: text('error'),
    idempotencyKey: text('idempotency_key'),
    keyOwner: text('key_owner'),
    bodyHash: text('body_hash'),
    broadcastId: integer('broadcast_id'),
    pricingType: text('pricing_type'),
    pricingCategory: text('pricing_category'),
    editedAt: at('edited_at'),
    revokedAt: at('revoked_at'),
    /** The raw change of what is shown as unsupported. */
    raw: bytes('raw'),
  },
  (t) => [
    index('messages_thread').on(t.conversationId, t.orderedAt, t.id),
    uniqueIndex('messages_wamid').on(t.numberId, t.wamid).where(sql`wamid is not null`),
    uniqueIndex('messages_idempotency')
      .on(t.keyOwner, t.idempotencyKey)
      .where(sql`idempotency_key is not null`),
    index('messages_broadcast').on(t.broadcastId, t.status).where(sql`broadcast_id is not null`),
    check('messages_direction', isOneOf(t.direction, directions)),
    check('messages_author', isOneOf(t.authorKind, authorKinds)),
    check('messages_origin', isOneOf(t.origin, origins)),
    check('messages_status', isOneOf(t.status, messageStatuses)),
  ],
);

export const reactionSides = ['in', 'out'] as const;

/** One reaction a side and person; an empty emoji is one taken back. */
export const reactions = sqliteTable(
  'reactions',
  {
    messageId: integer('message_id')
      .notNull()
      .references(() => messages.id),
    side: oneOf('side', reactionSides).notNull(),
    /** The contact's id inwards; 0 outwards, since a business has one reaction a message. */
    by: integer('by').notNull(),
    id: integer('id').notNull(),
    emoji: text('emoji').notNull(),
    at: at('at').notNull(),
    /** Outwards: who chose it, and how far it got. */
    authorId: integer('author_id'),
    status: oneOf('status', messageStatuses).notNull(),
    error: text('error'),
  },
  (t) => [
    primaryKey({ columns: [t.messageId, t.side, t.by] }),
    uniqueIndex('reactions_id').on(t.id),
    check('reactions_side', isOneOf(t.side, reactionSides)),
    check('reactions_status', isOneOf(t.status, messageStatuses)),
  ],
);

/**
 * What messages said that their sender has changed or deleted: first, and after each change. What counts now stands
 * in the message itself.
 */
export const messageVersions = sqliteTable(
  'message_versions',
  {
    messageId: integer('message_id')
      .notNull()
      .references(() => messages.id),
    /** Meta's id of the change; empty for what was said first. */
    wamid: text('wamid').notNull(),
    at: at('at').notNull(),
    text: text('text').notNull(),
    /** As in the message; a change is one of words and has none. */
    content: text('content'),
  },
  (t) => [primaryKey({ columns: [t.messageId, t.wamid] })],
);

/** Every status Meta sent for a message, the newest of each name. */
export const statuses = sqliteTable(
  'statuses',
  {
    messageId: integer('message_id')
      .notNull()
      .references(() => messages.id),
    status: text('status').notNull(),
    at: at('at').notNull(),
    /** JSON: errors, pricing, recipient. */
    data: text('data').notNull().default('{}'),
  },
  (t) => [primaryKey({ columns: [t.messageId, t.status] })],
);

/** Statuses that came before their message was known; 7 days. */
export const parkedStatuses = sqliteTable(
  'parked_statuses',
  {
    numberId: integer('number_id').notNull(),
    wamid: text('wamid').notNull(),
    status: text('status').notNull(),
    at: at('at').notNull(),
    data: text('data').notNull(),
    expiresAt: at('expires_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.numberId, t.wamid, t.status] }),
    index('parked_statuses_expires').on(t.expiresAt),
  ],
);

export const fileStates = ['waiting', 'fetching', 'stored', 'failed', 'refused', 'erased'] as const;

/** A file that came with a message, goes with one, or is the thumbnail of one of these. Its bytes lie in the vault. */
export const files = sqliteTable(
  'files',
  {
    id: id(),
    /** What the sender called it. */
    name: text('name'),
    /** What the sender says it is. */
    mime: text('mime').notNull(),
    /** What its first bytes say it is; null until it is stored, or when they say nothing. */
    sniffed: text('sniffed'),
    bytes: integer('bytes'),
    /** What Meta announces, as received (hex or base64); once it is stored, what was found, in lower-case hex. */
    sha256: text('sha256'),
    /** Where the vault keeps it, and its key under the account's media key. */
    path: text('path'),
    wrappedKey: bytes('wrapped_key'),
    state: oneOf('state', fileStates).notNull(),
    /** Meta's id of it, and until when Meta keeps it: inwards to be fetched, outwards to be sent with. */
    mediaId: text('media_id'),
    mediaExpiresAt: at('media_expires_at'),
    tries: integer('tries').notNull().default(0),
    nextAt: at('next_at'),
    /** Why it is not here, as JSON: code, title, detail. */
    error: text('error'),
    thumbId: integer('thumb_id'),
    /** A thumbnail was made, or cannot be. */
    thumbTried: flag('thumb_tried').notNull().default(false),
    width: integer('width'),
    height: integer('height'),
    /** Milliseconds, of what plays. */
    duration: integer('duration'),
    /** For what was put there to be sent: where, by whom (as `messages.key_owner`), and when. */
    conversationId: integer('conversation_id'),
    uploadedBy: text('uploaded_by'),
    uploadedAt: at('uploaded_at'),
  },
  (t) => [
    index('files_next').on(t.nextAt).where(sql`state in ('waiting', 'fetching')`),
    index('files_to_look_at').on(t.id).where(sql`state = 'stored' and thumb_tried = 0`),
    index('files_uploaded').on(t.uploadedAt).where(sql`uploaded_at is not null`),
    check('files_state', isOneOf(t.state, fileStates)),
  ],
);

export const attachments = sqliteTable(
  'attachments',
  {
    messageId: integer('message_id')
      .notNull()
      .references(() => messages.id),
    position: integer('position').notNull(),
    fileId: integer('file_id')
      .notNull()
      .references(() => files.id),
  },
  (t) => [primaryKey({ columns: [t.messageId, t.position] }), index('attachments_file').on(t.fileId)],
);
