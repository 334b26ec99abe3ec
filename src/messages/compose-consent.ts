import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Member } from '#src/contacts/members.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { consents } from '#src/db/schema/inbox/index.ts';

/** The purpose of an ordinary answer; marketing has its own, and stopping that leaves answers allowed. */
export const SERVICE_PURPOSE = 'service';

/** Which people, by their surviving contacts, want no messages for this purpose: the newest word on it is a withdrawal. */
export async function findOptedOut(
  { sql: db }: Inbox,
  members: readonly Pick<Member, 'id' | 'survivorId'>[],
  purpose: string,
): Promise<ReadonlySet<number>> {
  if (members.length === 0) {
    return new Set();
  }
  const survivors = new Map(members.map(({ id, survivorId }) => [id, survivorId]));
  const words = await db
    .select({ contactId: consents.contactId, state: consents.state })
    .from(consents)
    .where(and(inArray(consents.contactId, [...survivors.keys()]), eq(consents.purpose, purpose)))
    .orderBy(asc(consents.at), asc(consents.id));
  const newest = new Map(words.map(({ contactId, state }) => [survivors.get(contactId) ?? contactId, state]));
  return new Set([...newest].filter(([, state]) => state === 'withdrawn').map(([contactId]) => contactId));
}
