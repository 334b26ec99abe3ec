import { sql } from 'drizzle-orm';
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { at, id, isOneOf, oneOf } from '../columns.ts';
import { contacts } from './contacts.ts';
import { numbers } from './numbers.ts';

export const conversationStates = ['open', 'snoozed', 'closed'] as const;

/** The one thread between a number and a contact, for ever. */
export const conversations = sqliteTable(
  'conversations',
  {
    id: id(),
    numberId: integer('number_id')
      .notNull()
      .references(() => numbers.id),
    contactId: integer('contact_id')
      .notNull()
      .references(() => contacts.id),
    mergedIntoId: integer('merged_into_id'),
    state: oneOf('state', conversationStates).notNull(),
    snoozedUntil: at('snoozed_until'),
    assigneeId: integer('assignee_id'),
    teamId: integer('team_id'),
    priority: integer('priority').notNull().default(0),
    /** Our clock: when the newest message, in or out, arrived. The order of lists. */
    lastArrivedAt: at('last_arrived_at').notNull(),
    lastMessageId: integer('last_message_id'),
    snippet: text('snippet').notNull().default(''),
    /** Meta's clock: the newest inbound message. */
    lastInboundAt: at('last_inbound_at'),
    /** The newest inbound message's id: what "unread for me" compares with. */
    lastInboundId: integer('last_inbound_id'),
    windowExpiresAt: at('window_expires_at'),
    /** Since when the customer waits; null when answered. */
    waitingSince: at('waiting_since'),
    caseId: integer('case_id'),
  },
  (t) => [
    uniqueIndex('conversations_pair').on(t.numberId, t.contactId),
    index('conversations_contact').on(t.contactId),
    index('conversations_merged').on(t.mergedIntoId).where(sql`merged_into_id is not null`),
    index('conversations_state').on(t.state, t.lastArrivedAt, t.id),
    index('conversations_assignee').on(t.assigneeId, t.state, t.waitingSince, t.id),
    index('conversations_assignee_arrived').on(t.assigneeId, t.state, t.lastArrivedAt, t.id),
    index('conversations_team').on(t.teamId, t.state, t.waitingSince, t.id),
    index('conversations_waiting')
      .on(t.waitingSince, t.id)
      .where(sql`waiting_since is not null and state = 'open'`),
    index('conversations_window')
      .on(t.windowExpiresAt, t.id)
      .where(sql`waiting_since is not null and state = 'open'`),
    index('conversations_snoozed').on(t.snoozedUntil).where(sql`state = 'snoozed'`),
    check('conversations_state_known', isOneOf(t.state, conversationStates)),
  ],
);

export const caseOpeners = ['customer', 'person', 'api', 'rule', 'system'] as const;

/** One stretch of a conversation from opened to closed: what reports count. */
export const cases = sqliteTable(
  'cases',
  {
    id: id(),
    conversationId: integer('conversation_id')
      .notNull()
      .references(() => conversations.id),
    numberId: integer('number_id')
      .notNull()
      .references(() => numbers.id),
    openedAt: at('opened_at').notNull(),
    openedBy: oneOf('opened_by', caseOpeners).notNull(),
    firstInboundAt: at('first_inbound_at'),
    firstReplyAt: at('first_reply_at'),
    firstReplyBy: integer('first_reply_by'),
    closedAt: at('closed_at'),
    closedBy: integer('closed_by'),
    reopened: integer('reopened').notNull().default(0),
    teamId: integer('team_id'),
    assigneeId: integer('assignee_id'),
  },
  (t) => [
    uniqueIndex('cases_open').on(t.conversationId).where(sql`closed_at is null`),
    index('cases_conversation').on(t.conversationId, t.closedAt),
    index('cases_opened').on(t.openedAt),
    index('cases_closed').on(t.closedAt),
    check('cases_opened_by', isOneOf(t.openedBy, caseOpeners)),
  ],
);

export const actorKinds = ['person', 'rule', 'customer', 'system', 'api'] as const;

/** What happened in a conversation besides messages; reports and audit are fed from here. */
export const events = sqliteTable(
  'events',
  {
    id: id(),
    conversationId: integer('conversation_id')
      .notNull()
      .references(() => conversations.id),
    caseId: integer('case_id'),
    at: at('at').notNull(),
    actorKind: oneOf('actor_kind', actorKinds).notNull(),
    actorId: integer('actor_id'),
    kind: text('kind').notNull(),
    /** JSON. */
    data: text('data').notNull().default('{}'),
  },
  (t) => [
    index('events_conversation').on(t.conversationId, t.at, t.id),
    check('events_actor', isOneOf(t.actorKind, actorKinds)),
  ],
);
