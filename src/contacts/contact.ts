import { and, eq, isNull, or, sql } from 'drizzle-orm';
import { loadSummaries, withIdentities } from '#src/conversations/summaries.ts';
import type { IdentifiedSummary } from '#src/conversations/summary.ts';
import { visible } from '#src/conversations/visible.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { contacts, conversations } from '#src/db/schema/inbox/index.ts';
import { NotFound } from '#src/errors.ts';
import type { Viewer } from '#src/people/viewer.ts';

/** A person as their conversations show them, one for each number; `id` is the surviving contact's. */
export type Person = { id: number; name: string; conversations: IdentifiedSummary[] };

/**
 * Who a contact now is, with the conversations that this viewer may see. `NotFound` when there is none: a contact is
 * seen through what is said with it.
 */
export async function findPerson(inbox: Inbox, contactId: number, viewer: Viewer): Promise<Person> {
  const { sql: db } = inbox;
  const survivor = sql`(select coalesce(asked.merged_into_id, asked.id) from contacts as asked
    where asked.id = ${contactId})`;
  const rows = await db
    .select({ id: conversations.id })
    .from(contacts)
    .innerJoin(conversations, eq(conversations.contactId, contacts.id))
    .where(
      and(
        or(eq(contacts.id, survivor), eq(contacts.mergedIntoId, survivor)),
        isNull(conversations.mergedIntoId),
        visible(viewer),
      ),
    );
  const ids = rows.map(({ id }) => id);
  const found = withIdentities(inbox, await loadSummaries(inbox, ids, viewer), viewer);
  const [first] = found;
  if (!first) {
    throw new NotFound(`contact ${contactId}`);
  }
  return { id: first.contact.id, name: first.contact.name, conversations: found.sort((a, b) => a.id - b.id) };
}
