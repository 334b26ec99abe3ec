import type { Statement } from '#src/db/database.ts';
import { forEachRow } from '#src/db/rows.ts';

// One plain row a statement, and ids that rise: then everything of a batch becomes one segment of the index. FTS5
// writes a segment of its own at each statement that could be undone alone, such as an `insert … select` or one of a
// trigger, and at each id that does not rise. What is changed or deleted later, triggers see to.

/** A message as it was written; `file` is the name of what is attached to it. */
export type Indexed = { id: number; text: string; file?: string | null | undefined };

/** As much of a message is searched as the view `message_words` gives, which tells the index what to forget. */
const INDEX_MESSAGE =
  'insert into message_search (rowid, text, file) values (?, substr(?, 1, 4096), substr(?, 1, 255))';

/** Makes new messages searchable: for the batch that writes them, once for each. */
export function indexMessages(rows: readonly Indexed[]): Statement[] {
  const worded = rows.filter(({ text, file }) => text !== '' || (file ?? '') !== '');
  return forEachRow(
    INDEX_MESSAGE,
    worded.toSorted(rising).map(({ id, text, file }) => [id, text, file ?? null]),
  );
}

/** What contacts are found by; see `contactWords`. */
export type Named = { id: number; search: string };

/** Makes new contacts searchable: for the batch that writes them, with the same words, once for each. */
export function indexContacts(rows: readonly Named[]): Statement[] {
  const named = rows.filter(({ search }) => search !== '');
  return forEachRow(
    'insert into contact_search (rowid, search) values (?, ?)',
    named.toSorted(rising).map(({ id, search }) => [id, search]),
  );
}

/** Changes what contacts are found by, where it is different; triggers bring it into the index. */
export function renameContacts(rows: readonly Named[]): Statement[] {
  return forEachRow(
    'update contacts set search = ? where id = ? and search <> ?',
    rows.toSorted(rising).map(({ id, search }) => [search, id, search]),
  );
}

const rising = (one: { id: number }, other: { id: number }) => one.id - other.id;
