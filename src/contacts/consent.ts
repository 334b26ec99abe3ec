import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import { built, places } from '#src/db/built.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { consents } from '#src/db/schema/inbox/index.ts';

/** Advertising. Whoever stops it may still be answered. */
export const MARKETING_PURPOSE = 'marketing';

/** The newest word of a person on a purpose, and through what it was learnt. */
export type Consent = { state: 'given' | 'withdrawn'; source: string; at: number };

/** What a person, by all their contacts, said last about a purpose; null when nothing. */
export async function newestConsent(
  inbox: Inbox,
  contactIds: readonly number[],
  purpose: string,
): Promise<Consent | null> {
  const statement = built(inbox, `consent of ${contactIds.length}`, () =>
    inbox.sql
      .select({ state: consents.state, source: consents.source, at: consents.at })
      .from(consents)
      .where(
        and(
          inArray(consents.contactId, places(contactIds)),
          eq(consents.purpose, sql.placeholder('purpose')),
        ),
      )
      .orderBy(desc(consents.at), desc(consents.id))
      .limit(1)
      .prepare(),
  );
  const [newest] = await statement.all({ ...Object.fromEntries(contactIds.entries()), purpose });
  return newest ?? null;
}
