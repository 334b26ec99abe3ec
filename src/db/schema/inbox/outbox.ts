import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { at, id, isOneOf, oneOf } from '../columns.ts';
import { conversations } from './conversations.ts';
import { messages } from './messages.ts';
import { numbers } from './numbers.ts';

export const lanes = ['interactive', 'bulk'] as const;
export const outboxStates = ['queued', 'sending', 'unknown'] as const;

/** Messages and reactions waiting to be delivered; the row goes when the send is settled. */
export const outbox = sqliteTable(
  'outbox',
  {
    /** The message's or the reaction's id: the order in which they were written. */
    id: id(),
    messageId: integer('message_id').references(() => messages.id),
    reactionId: integer('reaction_id'),
    numberId: integer('number_id')
      .notNull()
      .references(() => numbers.id),
    conversationId: integer('conversation_id')
      .notNull()
      .references(() => conversations.id),
    lane: oneOf('lane', lanes).notNull(),
    state: oneOf('state', outboxStates).notNull(),
    attempt: integer('attempt').notNull(),
    notBefore: at('not_before').notNull(),
    /** A file that Meta does not have yet: it is uploaded first, and until then nothing is claimed. */
    fileId: integer('file_id'),
    claimedAt: at('claimed_at'),
    /** When the grace of an unknown outcome was over and a person was asked. */
    askedAt: at('asked_at'),
  },
  (t) => [
    index('outbox_due').on(t.numberId, t.state, t.lane, t.notBefore, t.id),
    index('outbox_conversation').on(t.conversationId, t.id),
    index('outbox_file').on(t.numberId, t.id).where(sql`file_id is not null`),
    check('outbox_lane', isOneOf(t.lane, lanes)),
    check('outbox_state', isOneOf(t.state, outboxStates)),
    check('outbox_one_thing', sql`(message_id is null) <> (reaction_id is null)`),
  ],
);

export const attemptOutcomes = ['open', 'accepted', 'refused', 'not_sent', 'unknown'] as const;

/** Every try to send a message or reaction (`subject_id`), and how it ended. */
export const attempts = sqliteTable(
  'attempts',
  {
    subjectId: integer('subject_id').notNull(),
    attempt: integer('attempt').notNull(),
    startedAt: at('started_at').notNull(),
    endedAt: at('ended_at'),
    outcome: oneOf('outcome', attemptOutcomes).notNull(),
    wamid: text('wamid'),
    errorCode: integer('error_code'),
  },
  (t) => [
    primaryKey({ columns: [t.subjectId, t.attempt] }),
    index('attempts_wamid').on(t.wamid).where(sql`wamid is not null`),
    check('attempts_outcome', isOneOf(t.outcome, attemptOutcomes)),
  ],
);

export const jobStates = ['open', 'done', 'failed'] as const;

export const jobs = sqliteTable(
  'jobs',
  {
    id: id(),
    kind: text('kind').notNull(),
    key: text('key'),
    dueAt: at('due_at').notNull(),
    state: oneOf('state', jobStates).notNull(),
    tries: integer('tries').notNull().default(0),
    /** JSON. */
    data: text('data').notNull().default('{}'),
  },
  (t) => [
    uniqueIndex('jobs_open').on(t.kind, t.key).where(sql`state = 'open'`),
    index('jobs_due').on(t.state, t.dueAt),
    check('jobs_state', isOneOf(t.state, jobStates)),
  ],
);
