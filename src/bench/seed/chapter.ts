import type { Statement } from '#src/db/database.ts';
import { type ChangedRow, insertRows, updateRows } from '#src/db/rows.ts';
import {
  cases,
  contacts,
  conversations,
  events,
  identities,
  messages,
  reads,
} from '#src/db/schema/inbox/index.ts';
import { contactWords } from '#src/search/contact-words.ts';
import { indexContacts, indexMessages } from '#src/search/index-rows.ts';

/** What some thousand messages of the past add to an inbox. */
export type Chapter = {
  contacts: (typeof contacts.$inferInsert & { id: number })[];
  identities: (typeof identities.$inferInsert)[];
  conversations: (typeof conversations.$inferInsert)[];
  /** Those whose last message has been told. */
  ended: ChangedRow<typeof conversations.$inferInsert & { id: number }>[];
  cases: (typeof cases.$inferInsert)[];
  messages: (typeof messages.$inferInsert & { id: number })[];
  events: (typeof events.$inferInsert)[];
  reads: (typeof reads.$inferInsert)[];
};

export function emptyChapter(): Chapter {
  return {
    contacts: [],
    identities: [],
    conversations: [],
    ended: [],
    cases: [],
    messages: [],
    events: [],
    reads: [],
  };
}

/** As one batch: rows come before what refers to them. */
export function chapterStatements(chapter: Chapter): Statement[] {
  return [
    ...contactStatements(chapter),
    ...insertRows(identities, chapter.identities),
    ...insertRows(conversations, chapter.conversations),
    ...updateRows(conversations, chapter.ended),
    ...insertRows(cases, chapter.cases),
    ...messageStatements(chapter.messages),
    ...insertRows(events, chapter.events),
    ...insertRows(reads, chapter.reads),
  ];
}

/** Everything that a stored message puts into the file: its row, and what is kept beside it to find it by. */
function messageStatements(rows: Chapter['messages']): Statement[] {
  const indexed = rows.map(({ id, text = '' }) => ({ id, text }));
  return [...insertRows(messages, rows), ...indexMessages(indexed)];
}

function contactStatements({ contacts: rows, identities: names }: Chapter): Statement[] {
  const namesOf = Map.groupBy(names, ({ contactId }) => contactId);
  const found = rows.map((contact) => ({
    ...contact,
    search: contactWords(
      contact.name,
      (namesOf.get(contact.id) ?? []).map(({ kind, value, asReceived }) => ({
        kind,
        value,
        asReceived,
        retiredAt: null,
      })),
    ),
  }));
  return [...insertRows(contacts, found), ...indexContacts(found)];
}
