import { sql } from 'drizzle-orm';
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { at, id, isOneOf, oneOf } from '../columns.ts';

export const nameSources = ['profile', 'person', 'import', 'none'] as const;

export const contacts = sqliteTable(
  'contacts',
  {
    id: id(),
    name: text('name').notNull(),
    nameSource: oneOf('name_source', nameSources).notNull(),
    locale: text('locale'),
    blockedAt: at('blocked_at'),
    restrictedAt: at('restricted_at'),
    mergedIntoId: integer('merged_into_id'),
    createdAt: at('created_at').notNull(),
    updatedAt: at('updated_at').notNull(),
    /** What it is found by (`contactWords`); triggers keep the index like it, also when it is emptied. */
    search: text('search').notNull().default(''),
  },
  (t) => [
    index('contacts_updated').on(t.updatedAt, t.id),
    check('contacts_name_source', isOneOf(t.nameSource, nameSources)),
  ],
);

export const identityKinds = ['phone', 'bsuid', 'parent_bsuid', 'username'] as const;

/** What WhatsApp calls a contact. The phone number is one identity among others and may be missing. */
export const identities = sqliteTable(
  'identities',
  {
    id: id(),
    contactId: integer('contact_id')
      .notNull()
      .references(() => contacts.id),
    kind: oneOf('kind', identityKinds).notNull(),
    /** The business portfolio for BSUIDs, else empty. */
    scope: text('scope').notNull(),
    /** Canonical: variants of one Brazilian, Mexican or Argentinian number share it. */
    value: text('value').notNull(),
    asReceived: text('as_received').notNull(),
    seenAt: at('seen_at').notNull(),
    retiredAt: at('retired_at'),
  },
  (t) => [
    uniqueIndex('identities_current').on(t.kind, t.scope, t.value).where(sql`retired_at is null`),
    index('identities_contact').on(t.contactId),
    check('identities_kind', isOneOf(t.kind, identityKinds)),
  ],
);

/** Undo clears the pointers; nothing is rewritten. */
export const merges = sqliteTable('merges', {
  id: id(),
  fromContact: integer('from_contact')
    .notNull()
    .references(() => contacts.id),
  intoContact: integer('into_contact')
    .notNull()
    .references(() => contacts.id),
  why: text('why').notNull(),
  by: integer('by'),
  at: at('at').notNull(),
  undoneAt: at('undone_at'),
});

export const consentStates = ['given', 'withdrawn'] as const;

/** Append only. */
export const consents = sqliteTable(
  'consents',
  {
    id: id(),
    contactId: integer('contact_id')
      .notNull()
      .references(() => contacts.id),
    purpose: text('purpose').notNull(),
    state: oneOf('state', consentStates).notNull(),
    source: text('source').notNull(),
    wording: text('wording'),
    evidenceMessageId: integer('evidence_message_id'),
    by: integer('by'),
    at: at('at').notNull(),
  },
  (t) => [
    index('consents_contact').on(t.contactId, t.purpose, t.at),
    check('consents_state', isOneOf(t.state, consentStates)),
  ],
);
