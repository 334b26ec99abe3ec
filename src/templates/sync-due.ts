import { and, asc, eq, min, ne } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { numbers, templateSyncs } from '#src/db/schema/inbox/index.ts';
import { openToken } from '#src/numbers/number-token.ts';
import type { SyncClaim } from './sync.ts';

/**
 * The WABAs whose templates are to be read now, each with the token of a number of it; a WABA that was never read is
 * due at once. A paused number's token may still read: Meta says so if not.
 */
export async function findDueSyncs(inbox: Inbox, now: number): Promise<SyncClaim[]> {
  const found = await inbox.sql
    .select({ number: numbers, sync: templateSyncs })
    .from(numbers)
    .leftJoin(templateSyncs, eq(templateSyncs.wabaId, numbers.wabaId))
    .where(ne(numbers.state, 'disconnected'))
    .orderBy(asc(numbers.id));
  const live = [...found].sort((one, other) => rank(one.number.state) - rank(other.number.state));
  const claims = new Map<string, SyncClaim>();
  for (const { number, sync } of live) {
    const dueAt = sync?.dueAt ?? 0;
    if (dueAt <= now && !claims.has(number.wabaId)) {
      const token = openToken(inbox, number);
      claims.set(number.wabaId, { wabaId: number.wabaId, token, dueAt, tries: sync?.tries ?? 0 });
    }
  }
  return [...claims.values()];
}

const rank = (state: string) => (state === 'live' ? 0 : 1);

/** The next moment at which templates are to be read, perhaps in the past; null when no number is connected. */
export async function nextSync({ sql: db }: Inbox): Promise<number | null> {
  const [next] = await db
    .select({ at: min(templateSyncs.dueAt) })
    .from(templateSyncs)
    .innerJoin(numbers, and(eq(numbers.wabaId, templateSyncs.wabaId), ne(numbers.state, 'disconnected')));
  return next?.at ?? null;
}
