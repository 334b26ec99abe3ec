import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { consents } from '#src/db/schema/inbox/index.ts';

/** The purpose of an ordinary answer; marketing has its own, and stopping that leaves answers allowed. */
export const SERVICE_PURPOSE = 'service';
export const MARKETING_PURPOSE = 'marketing';

/** Which of these contacts want no messages for this purpose: their newest word on it is a withdrawal. */
export async function findOptedOut(
  { sql: db }: Inbox,
  contactIds: readonly number[],
  purpose: string,
): Promise<ReadonlySet<number>> {
  if (contactIds.length === 0) {
    return new Set();
  }
  const words = await db
    .select({ contactId: consents.contactId, state: consents.state })
    .from(consents)
    .where(and(inArray(consents.contactId, [...contactIds]), eq(consents.purpose, purpose)))
    .orderBy(asc(consents.at), asc(consents.id));
  const newest = new Map(words.map(({ contactId, state }) => [contactId, state]));
  return new Set([...newest].filter(([, state]) => state === 'withdrawn').map(([contactId]) => contactId));
}
