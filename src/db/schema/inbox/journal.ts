import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { at, bytes, id, isOneOf, oneOf } from '../columns.ts';
import { contacts } from './contacts.ts';

export const journalStates = ['pending', 'done', 'partly', 'failed'] as const;

/** Raw changes as received: one losslessly written change a row, kept 30 days after it was understood. */
export const journal = sqliteTable(
  'journal',
  {
    id: id(),
    appId: integer('app_id').notNull(),
    field: text('field').notNull(),
    entryId: text('entry_id').notNull(),
    raw: bytes('raw').notNull(),
    /** SHA-256 over field, entry and raw: recognises what Meta repeats. */
    digest: text('digest').notNull(),
    receivedAt: at('received_at').notNull(),
    state: oneOf('state', journalStates).notNull(),
    attempts: integer('attempts').notNull().default(0),
    error: text('error'),
    doneAt: at('done_at'),
  },
  (t) => [
    index('journal_open').on(t.id).where(sql`state <> 'done'`),
    index('journal_done').on(t.doneAt).where(sql`state = 'done'`),
    check('journal_state', isOneOf(t.state, journalStates)),
  ],
);

/** Items of a change that could not be taken in; each has a Replay. */
export const journalItems = sqliteTable(
  'journal_items',
  {
    journalId: integer('journal_id')
      .notNull()
      .references(() => journal.id),
    position: integer('position').notNull(),
    error: text('error').notNull(),
  },
  (t) => [primaryKey({ columns: [t.journalId, t.position] })],
);

/**
 * Which contacts a change speaks of, so that erasure finds its rows: it reads all of them, once. An index by contact
 * would cost every message a page. `WITHOUT ROWID`, which only the migration says.
 */
export const journalContacts = sqliteTable(
  'journal_contacts',
  {
    journalId: integer('journal_id')
      .notNull()
      .references(() => journal.id),
    contactId: integer('contact_id')
      .notNull()
      .references(() => contacts.id),
  },
  (t) => [primaryKey({ columns: [t.journalId, t.contactId] })],
);
