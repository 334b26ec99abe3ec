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
    /** Whom this contact now is: never one that is merged itself. Worked out from `merges`. */
    mergedIntoId: integer('merged_into_id'),
    createdAt: at('created_at').notNull(),
    updatedAt: at('updated_at').notNull(),
    /** What it is found by (`contactWords`); triggers keep the index like it, also when it is emptied. */
    search: text('search').notNull().default(''),
  },
  (t) => [
    index('contacts_updated').on(t.updatedAt, t.id),
    index('contacts_blocked').on(t.id).where(sql`blocked_at is not null`),
    index('contacts_merged').on(t.mergedIntoId).where(sql`merged_into_id is not null`),
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
    // What somebody was called before is asked for only when nobody is called so now.
    index('identities_retired').on(t.kind, t.scope, t.value).where(sql`retired_at is not null`),
    index('identities_contact').on(t.contactId),
    check('identities_kind', isOneOf(t.kind, identityKinds)),
  ],
);

export const mergeReasons = ['link', 'change', 'person'] as const;

/** Which contacts were found to be one; what is not undone decides the pointers of contacts and conversations. */
export const merges = sqliteTable(
  'merges',
  {
    id: id(),
    fromContact: integer('from_contact')
      .notNull()
      .references(() => contacts.id),
    intoContact: integer('into_contact')
      .notNull()
      .references(() => contacts.id),
    /** `link`: Meta named both in one webhook; `change`: Meta said that one became the other; `person`: somebody did. */
    why: oneOf('why', mergeReasons).notNull(),
    by: integer('by'),
    at: at('at').notNull(),
    undoneAt: at('undone_at'),
    undoneBy: integer('undone_by'),
    /** JSON: what the surviving contact was called, when it took over the other's name. */
    data: text('data').notNull().default('{}'),
  },
  (t) => [index('merges_from').on(t.fromContact), index('merges_into').on(t.intoContact)],
);

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
