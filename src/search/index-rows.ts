import type { Statement } from '#src/db/database.ts';
import { withRows } from '#src/webhooks/rows.ts';

/** A message as it was written; `file` is the name of what is attached to it. */
export type Indexed = { id: number; text: string; file?: string | null | undefined };

/**
 * Makes messages searchable: for the batch that writes them, after them and their files. The view `message_words`
 * says what is searched of a message, so that the index can always be told what to forget; what is changed or
 * deleted later, triggers see to. One that is in the index already is passed over.
 */
export function indexMessages(rows: readonly Indexed[]): Statement[] {
  return withRows(
    rows.filter(({ text, file }) => text !== '' || (file ?? '') !== '').map(({ id }) => [id]),
    (ids) => `insert into message_search (rowid, text, file) select id, text, file from message_words as w
      where id in ${ids} and not exists (select 1 from message_search_docsize as known where known.id = w.id)`,
  );
}

/**
 * Changes what contacts are found by, where it is different; triggers bring it into the index, where ids have to
 * rise: each one that does not begins a segment of its own.
 */
export function indexContacts(rows: readonly { id: number; search: string }[]): Statement[] {
  return withRows(
    rows.toSorted((one, other) => one.id - other.id).map(({ id, search }) => [id, search]),
    (values) => `update contacts set search = rows.column2 from ${values} as rows
      where contacts.id = rows.column1 and contacts.search <> rows.column2`,
  );
}
