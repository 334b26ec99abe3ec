import { and, desc, eq, getTableColumns, inArray, isNull, lte, or, type SQL, sql } from 'drizzle-orm';
import { auditRow } from '#src/audit/audit-row.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { selection } from '#src/db/lookup.ts';
import { accountEvents } from '#src/db/schema/inbox/index.ts';
import { NotFound } from '#src/errors.ts';
import { demand, isAllowed } from '#src/people/permission.ts';
import type { Viewer } from '#src/people/viewer.ts';
import type { Severity } from '#src/whatsapp/updates.ts';

/** Something Meta said about a number or the business account, as pages tell it. */
export type AccountEvent = {
  id: number;
  /** Meta's clock. */
  at: number;
  /** Null: it is about the whole business account. */
  numberId: number | null;
  field: string;
  kind: string;
  /** Meta's word, or ''. */
  event: string;
  severity: Severity;
  effect: 'pauses' | 'resumes' | null;
  facts: Readonly<Record<string, string | number | boolean>>;
};

export type NumberKey = { id: number; wabaId: string };

/** What concerns a number: said of it, or of its whole business account. */
const concerns = ({ id, wabaId }: NumberKey): SQL | undefined =>
  or(
    eq(accountEvents.numberId, id),
    and(isNull(accountEvents.numberId), inArray(accountEvents.wabaId, [wabaId, ''])),
  );

const isListed = sql`kind <> 'other'`;

/** Newest first; `before` is where the page before ended. What this program has no use for is counted apart. */
export async function listAccountEvents(
  { sql: db }: Inbox,
  number: NumberKey,
  { before, limit }: { before?: { at: number; id: number } | undefined; limit: number },
): Promise<{ events: AccountEvent[]; hasMore: boolean }> {
  const earlier = before && sql`(${accountEvents.at}, ${accountEvents.id}) < (${before.at}, ${before.id})`;
  const rows = await db
    .select()
    .from(accountEvents)
    .where(and(isListed, concerns(number), earlier))
    .orderBy(desc(accountEvents.at), desc(accountEvents.id))
    .limit(limit + 1);
  return { events: rows.slice(0, limit).map(toEvent), hasMore: rows.length > limit };
}

/** The newest of each of these kinds, said of the number or its business account. */
export async function newestEvents(
  { sql: db }: Inbox,
  number: NumberKey,
  kinds: readonly string[],
): Promise<ReadonlyMap<string, AccountEvent>> {
  const newest = new Map<string, AccountEvent>();
  for (const kind of kinds) {
    const [row] = await db
      .select()
      .from(accountEvents)
      .where(and(eq(accountEvents.kind, kind), concerns(number)))
      .orderBy(desc(accountEvents.at), desc(accountEvents.id))
      .limit(1);
    if (row) {
      newest.set(kind, toEvent(row));
    }
  }
  return newest;
}

/** How often something came that this program has no use for, and when last. */
export type OtherField = { field: string; count: number; lastAt: number };

/** In these words, so that SQLite sees that its index serves. */
const isOther = sql`kind = 'other'`;

export async function countOthers(inbox: Inbox): Promise<OtherField[]> {
  return inbox.sql
    .select({
      field: accountEvents.field,
      count: sql<number>`count(*)`,
      lastAt: sql<number>`max(${accountEvents.at})`,
    })
    .from(accountEvents)
    .where(isOther)
    .groupBy(accountEvents.field);
}

const columns = selection(getTableColumns(accountEvents));

/** The newest severe event that nobody has dismissed, for those who look after the account. Asked for by every page. */
export function noticeFor(inbox: Inbox, viewer: Viewer): AccountEvent | null {
  const [row] = isAllowed(viewer, 'settings.manage') ? inbox.rows(NOTICE) : [];
  return row ? toEvent(columns.read(row)) : null;
}

/** In these words, so that SQLite sees that the index of notices serves. */
const NOTICE = `select ${columns.list} from account_events
  where severity = 'critical' and dismissed_at is null order by at desc limit 1`;

/** Takes a notice off the pages, with all older ones; the event stays listed. Throws `NotFound` and `Forbidden`. */
export async function dismissNotice(inbox: Inbox, id: number, viewer: Viewer, now: number): Promise<void> {
  demand(viewer, 'settings.manage');
  const [event] = await inbox.sql.select().from(accountEvents).where(eq(accountEvents.id, id)).limit(1);
  if (!event) {
    throw new NotFound(`account event ${id}`);
  }
  const by = viewer.kind === 'person' ? viewer.userId : null;
  await inbox.write('full', [
    inbox.sql
      .update(accountEvents)
      .set({ dismissedAt: now, dismissedBy: by })
      .where(and(sql`severity = 'critical' and dismissed_at is null`, lte(accountEvents.at, event.at))),
    auditRow(inbox, {
      at: now,
      actor: viewer,
      action: 'notice.dismissed',
      object: `account_event:${id}`,
      data: { event: event.event, field: event.field },
    }),
  ]);
}

function toEvent(row: typeof accountEvents.$inferSelect): AccountEvent {
  const { id, at, numberId, field, kind, event, severity, effect } = row;
  return { id, at, numberId, field, kind, event, severity, effect, facts: factsOf(row.data) };
}

/** Written by this program; nothing from outside reaches this column unread. */
function factsOf(data: string): AccountEvent['facts'] {
  return JSON.parse(data);
}
