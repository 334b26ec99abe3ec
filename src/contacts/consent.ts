import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { consents } from '#src/db/schema/inbox/index.ts';

/** Advertising. Whoever stops it may still be answered. */
export const MARKETING_PURPOSE = 'marketing';

/** The newest word of a person on a purpose, and through what it was learnt. */
export type Consent = { state: 'given' | 'withdrawn'; source: string; at: number };

/** What a person, by all their contacts, said last about a purpose; null when nothing. */
export async function newestConsent(
  { sql: db }: Inbox,
  contactIds: readonly number[],
  purpose: string,
): Promise<Consent | null> {
  const words = await db
    .select({ state: consents.state, source: consents.source, at: consents.at })
    .from(consents)
    .where(and(inArray(consents.contactId, [...contactIds]), eq(consents.purpose, purpose)))
    .orderBy(asc(consents.at), asc(consents.id));
  return words.at(-1) ?? null;
}
