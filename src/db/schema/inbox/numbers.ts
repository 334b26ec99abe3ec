import { check, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { at, bytes, id, isOneOf, oneOf } from '../columns.ts';

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
    readReceipts: oneOf('read_receipts', readReceiptPolicies).notNull().default('opened'),
    /** JSON. */
    settings: text('settings').notNull().default('{}'),
    connectedAt: at('connected_at').notNull(),
    /** When a webhook of this number last arrived: the grace of an unknown send runs only while they do. */
    heardAt: at('heard_at'),
    /** When somebody last wrote from the WhatsApp app on the phone with this number; null while nobody has. */
    phoneAppAt: at('phone_app_at'),
  },
  (t) => [
    uniqueIndex('numbers_phone_number_id').on(t.phoneNumberId),
    check('numbers_state', isOneOf(t.state, numberStates)),
    check('numbers_read_receipts', isOneOf(t.readReceipts, readReceiptPolicies)),
  ],
);
