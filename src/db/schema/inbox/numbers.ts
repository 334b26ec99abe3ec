import { check, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { at, bytes, flag, id, isOneOf, oneOf } from '../columns.ts';

export const numberStates = ['live', 'paused', 'disconnected'] as const;
export const readReceiptPolicies = ['opened', 'answered', 'never'] as const;

/** A connected WhatsApp number. */
export const numbers = sqliteTable(
  'numbers',
  {
    id: id(),
    phoneNumberId: text('phone_number_id').notNull(),
    wabaId: text('waba_id').notNull(),
    portfolioId: text('portfolio_id'),
    /** As Meta shows it; not validated. */
    displayPhone: text('display_phone').notNull(),
    name: text('name').notNull(),
    /** The access token, sealed with the account's field key. */
    token: bytes('token').notNull(),
    state: oneOf('state', numberStates).notNull(),
    /** Why it is paused: `token`, an error code of Meta's, or an event that says no message can be sent. */
    pausedFor: text('paused_for'),
    /** Until when Meta lets nobody be written to first; null: they may be. What ends without a date never passes. */
    startsForbiddenUntil: at('starts_forbidden_until'),
    /** Until when Meta lets nobody be answered within their window; null: they may be. */
    answersForbiddenUntil: at('answers_forbidden_until'),
    readReceipts: oneOf('read_receipts', readReceiptPolicies).notNull().default('opened'),
    /** JSON. */
    settings: text('settings').notNull().default('{}'),
    connectedAt: at('connected_at').notNull(),
    /** When a webhook of this number last arrived: the grace of an unknown send runs only while they do. */
    heardAt: at('heard_at'),
    /** When somebody last wrote from the WhatsApp app on the phone with this number; null while nobody has. */
    phoneAppAt: at('phone_app_at'),
    /** Whether the WhatsApp Business app on a phone has it, too, as Meta last said; null: it never did. */
    isOnPhoneApp: flag('is_on_phone_app'),
  },
  (t) => [
    uniqueIndex('numbers_phone_number_id').on(t.phoneNumberId),
    check('numbers_state', isOneOf(t.state, numberStates)),
    check('numbers_read_receipts', isOneOf(t.readReceipts, readReceiptPolicies)),
  ],
);

export const phoneImportSteps = ['contacts', 'history'] as const;
export const phoneImportStates = ['asked', 'taken', 'refused', 'unknown'] as const;

/** What was asked of the phone of a number: each step is written here before it is asked for, since Meta grants it once. */
export const phoneImports = sqliteTable(
  'phone_imports',
  {
    numberId: integer('number_id')
      .notNull()
      .references(() => numbers.id),
    step: oneOf('step', phoneImportSteps).notNull(),
    /** `asked`: the answer is on its way, or was lost with the process. */
    state: oneOf('state', phoneImportStates).notNull(),
    askedAt: at('asked_at').notNull(),
    /** Meta's, of a refusal. */
    errorCode: integer('error_code'),
  },
  (t) => [
    primaryKey({ columns: [t.numberId, t.step] }),
    check('phone_imports_step', isOneOf(t.step, phoneImportSteps)),
    check('phone_imports_state', isOneOf(t.state, phoneImportStates)),
  ],
);
