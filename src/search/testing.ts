import { and, eq, sql } from 'drizzle-orm';
import { ada } from '#src/conversations/testing.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { attachments, files, identities, messages } from '#src/db/schema/inbox/index.ts';
import { contactWords } from './contact-words.ts';
import { search } from './find.ts';
import type { Found, Wanted } from './found.ts';
import { indexMessages, renameContacts } from './index-rows.ts';
import { parseQuery } from './parse-query.ts';

/** For tests: makes what was seeded searchable and is not so yet, as what writes messages and contacts does. */
export async function indexAll(inbox: Inbox): Promise<void> {
  const written = await inbox.sql
    .select({ id: messages.id, text: messages.text, file: files.name })
    .from(messages)
    .leftJoin(attachments, and(eq(attachments.messageId, messages.id), eq(attachments.position, 0)))
    .leftJoin(files, eq(files.id, attachments.fileId))
    .where(sql`${messages.id} not in (select id from message_search_docsize)`);
  const known = await inbox.sql.query.contacts.findMany();
  const names = await inbox.sql.select().from(identities);
  await inbox.write('normal', [
    ...indexMessages(written),
    ...renameContacts(
      known.map(({ id, name }) => ({
        id,
        search: contactWords(
          name,
          names.filter(({ contactId }) => contactId === id),
        ),
      })),
    ),
  ]);
}

/** Searches without the thread. */
export async function find(inbox: Inbox, text: string, wanted: Partial<Wanted> = {}): Promise<Found> {
  const query = parseQuery(text);
  if (query.kind !== 'terms') {
    throw new Error(`nothing to search for in ${JSON.stringify(text)}`);
  }
  return search(inbox, {
    query,
    narrowing: {},
    order: 'newest',
    contacts: 10,
    messages: 10,
    after: null,
    extent: { length: 180, before: 40 },
    viewer: ada,
    ...wanted,
  });
}

export const idsOf = ({ messages: found }: Found) => found.map(({ id }) => id);
export const contactsOf = ({ contacts }: Found) => contacts.map((one) => one.conversation.contact.id);

/** Throws when an index does not hold just the words of what it is about. */
export async function checkIndexes(inbox: Inbox): Promise<void> {
  await inbox.write('normal', [
    sql`insert into message_search (message_search, rank) values ('integrity-check', 1)`,
    sql`insert into contact_search (contact_search, rank) values ('integrity-check', 1)`,
  ]);
}

/**
 * The same after something was deleted. In the SQLite that libSQL carries, deleting the last word of a segment
 * leaves an empty page that its check takes for damage, until the segment is merged away.
 */
export async function checkMergedIndexes(inbox: Inbox): Promise<void> {
  await inbox.write('normal', [
    sql`insert into message_search (message_search) values ('optimize')`,
    sql`insert into contact_search (contact_search) values ('optimize')`,
  ]);
  await checkIndexes(inbox);
}

/** The whole index as it lies in the file. */
export async function bytesOfIndexes(inbox: Inbox): Promise<string> {
  const blocks = inbox.objects<{ block: Uint8Array }>(
    sql`select block from message_search_data union all select block from contact_search_data`,
  );
  return blocks.map(({ block }) => Buffer.from(block).toString('latin1')).join(' ');
}

/** How many pieces an index is in. */
export async function segmentsOf(
  inbox: Inbox,
  index: 'message_search' | 'contact_search' = 'message_search',
): Promise<number> {
  const [found] = inbox.objects<{ count: number }>(
    sql`select count(distinct segid) as count from ${sql.raw(`${index}_idx`)}`,
  );
  return found?.count ?? 0;
}
