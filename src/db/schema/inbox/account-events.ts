import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { at, id, isOneOf, oneOf } from '../columns.ts';
import { numbers } from './numbers.ts';

export const eventSeverities = ['good', 'info', 'warning', 'critical'] as const;
export const eventEffects = ['pauses', 'resumes'] as const;

/** What Meta said about the numbers and the business account, each once. How a number stands is its newest rows. */
export const accountEvents = sqliteTable(
  'account_events',
  {
    id: id(),
    /** Meta's clock. */
    at: at('at').notNull(),
    receivedAt: at('received_at').notNull(),
    /** The raw change, as long as the journal keeps it. */
    journalId: integer('journal_id').notNull(),
    /** SHA-256 of the change: Meta repeats. */
    digest: text('digest').notNull(),
    position: integer('position').notNull(),
    /** Meta's. */
    field: text('field').notNull(),
    /** The business account at WhatsApp (WABA). */
    wabaId: text('waba_id').notNull(),
    /** Null: it is about the whole business account. */
    numberId: integer('number_id').references(() => numbers.id),
    /** Ours, for example `quality`. */
    kind: text('kind').notNull(),
    /** Meta's word, or ''. */
    event: text('event').notNull(),
    severity: oneOf('severity', eventSeverities).notNull(),
    /** What it does to sending. */
    effect: oneOf('effect', eventEffects),
    /** What an effect is for: only its own end resumes what it paused. */
    cause: text('cause'),
    /** JSON: what else it says. */
    data: text('data').notNull().default('{}'),
    dismissedAt: at('dismissed_at'),
    dismissedBy: integer('dismissed_by'),
  },
  (t) => [
    uniqueIndex('account_events_digest').on(t.digest, t.position),
    index('account_events_number').on(t.numberId, t.kind, t.at, t.id),
    index('account_events_at').on(t.at, t.id).where(sql`kind <> 'other'`),
    index('account_events_other').on(t.field, t.at).where(sql`kind = 'other'`),
    index('account_events_notice').on(t.at).where(sql`severity = 'critical' and dismissed_at is null`),
    check('account_events_severity', isOneOf(t.severity, eventSeverities)),
    check('account_events_effect', isOneOf(t.effect, eventEffects)),
  ],
);

/** The pieces of a phone's history that have come, by phase (0: the last day, 1: 90 days, 2: the rest). */
export const historyChunks = sqliteTable(
  'history_chunks',
  {
    numberId: integer('number_id')
      .notNull()
      .references(() => numbers.id),
    phase: integer('phase').notNull(),
    chunkOrder: integer('chunk_order').notNull(),
    /** Of the whole phase, 0 to 100. */
    progress: integer('progress').notNull(),
    messages: integer('messages').notNull(),
    at: at('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.numberId, t.phase, t.chunkOrder] })],
);

/** Delivered messages by month, as Meta charges for them: each message is counted once. */
export const numberUse = sqliteTable(
  'number_use',
  {
    numberId: integer('number_id')
      .notNull()
      .references(() => numbers.id),
    /** Year × 100 + month, UTC. */
    month: integer('month').notNull(),
    /** Of whom it went to; '' when not known. */
    callingCode: text('calling_code').notNull(),
    /** Meta's words; '' when it says none. */
    type: text('type').notNull(),
    category: text('category').notNull(),
    delivered: integer('delivered').notNull(),
  },
  (t) => [primaryKey({ columns: [t.numberId, t.month, t.callingCode, t.type, t.category] })],
);

/** What a delivered message costs, as somebody of the business entered it. */
export const useRates = sqliteTable(
  'use_rates',
  {
    /** '' for every other country. */
    callingCode: text('calling_code').notNull(),
    category: text('category').notNull(),
    /** From this month on (year × 100 + month), until a later row. */
    since: integer('since').notNull(),
    /** Millionths of the currency. */
    micros: integer('micros').notNull(),
    currency: text('currency').notNull(),
  },
  (t) => [primaryKey({ columns: [t.callingCode, t.category, t.since] })],
);
