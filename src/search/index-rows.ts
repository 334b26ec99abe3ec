import type { Statement } from '#src/db/database.ts';
import { forEachRow } from '#src/webhooks/rows.ts';

/** A message as it was written; `file` is the name of what is attached to it. */
export type Indexed = { id: number; text: string; file?: string | null | undefined };

const INDEX_MESSAGE = `insert into message_search (rowid, text, file)
  select id, text, file from message_words
  where id = ? and not exists (select 1 from message_search_docsize where id = ?)`;

/**
 * Makes messages searchable: for the batch that writes them, after them and their files. The view `message_words`
 * says what is searched of a message, so that the index can always be told what to forget; what is changed or
 * deleted later, triggers see to. One that is in the index already is passed over.
 */
export function indexMessages(rows: readonly Indexed[]): Statement[] {
  const worded = rows.filter(({ text, file }) => text !== '' || (file ?? '') !== '');
  return forEachRow(
    INDEX_MESSAGE,
    worded.map(({ id }) => [id, id]),
  );
}

/**
 * Changes what contacts are found by, where it is different; triggers bring it into the index, where ids have to
 * rise: each one that does not begins a segment of its own.
 */
export function indexContacts(rows: readonly { id: number; search: string }[]): Statement[] {
  const rising = rows.toSorted((one, other) => one.id - other.id);
  return forEachRow(
    'update contacts set search = ? where id = ? and search <> ?',
    rising.map(({ id, search }) => [search, id, search]),
  );
}
