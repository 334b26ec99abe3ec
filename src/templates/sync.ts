import { and, eq, isNull, notInArray, sql } from 'drizzle-orm';
import { clean } from '#src/db/clean.ts';
import type { Statement } from '#src/db/database.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { insertRows } from '#src/db/rows.ts';
import { numbers, templateSyncs, templates } from '#src/db/schema/inbox/index.ts';
import type { ListedTemplate } from '#src/whatsapp/client.ts';

/** Daily, beside what Meta tells in between. */
export const SYNC_EVERY_MS = 24 * 60 * 60_000;

/** One sync that is under way; `dueAt` is the moment it was asked for. */
export type SyncClaim = { wabaId: string; token: string; dueAt: number; tries: number };

const UPSERT = `on conflict (id) do update set waba_id = excluded.waba_id, name = excluded.name,
  language = excluded.language, status = excluded.status, category = excluded.category,
  previous_category = excluded.previous_category, correct_category = excluded.correct_category,
  sub_category = excluded.sub_category, parameter_format = excluded.parameter_format,
  components = excluded.components, quality = excluded.quality, rejected_reason = excluded.rejected_reason,
  synced_at = excluded.synced_at, gone_at = null`;

/** Puts a WABA's whole list in place of what was known. What the list has no longer stays, and is marked as gone. */
export async function storeList(
  inbox: Inbox,
  claim: SyncClaim,
  listed: readonly ListedTemplate[],
  now: number,
): Promise<void> {
  const { wabaId } = claim;
  const rows = listed.map((one) => ({ ...one, wabaId, syncedAt: now }));
  await inbox.turn((commit) =>
    commit('full', [
      ...insertRows(templates, rows, UPSERT),
      markGone(
        inbox,
        wabaId,
        listed.map(({ id }) => id),
        now,
      ),
      settle(inbox, claim, { dueAt: now + SYNC_EVERY_MS, tries: 0, syncedAt: now, error: null }),
    ]),
  );
}

const FIRST_WAIT_MS = 60_000;
const LONGEST_WAIT_MS = 6 * 60 * 60_000;

/** The list could not be read: what was known stands, and it is tried again. */
export function storeFailure(inbox: Inbox, claim: SyncClaim, error: string, now: number): Promise<void> {
  const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 4 ** Math.min(claim.tries, 10));
  const next = { dueAt: now + wait, tries: claim.tries + 1, error: clean(error) };
  return inbox.write('normal', [settle(inbox, claim, next)]);
}

function markGone({ sql: db }: Inbox, wabaId: string, ids: readonly string[], now: number): Statement {
  return db
    .update(templates)
    .set({ goneAt: now })
    .where(and(eq(templates.wabaId, wabaId), isNull(templates.goneAt), notInArray(templates.id, [...ids])));
}

type Settled = Pick<typeof templateSyncs.$inferInsert, 'dueAt' | 'tries' | 'error' | 'syncedAt'>;

/** Asked for again meanwhile, it stays due. */
function settle({ sql: db }: Inbox, { wabaId, dueAt }: SyncClaim, next: Settled): Statement {
  return db
    .insert(templateSyncs)
    .values({ wabaId, ...next })
    .onConflictDoUpdate({
      target: templateSyncs.wabaId,
      set: {
        ...next,
        dueAt: sql`case when ${templateSyncs.dueAt} = ${dueAt} then ${next.dueAt} else ${templateSyncs.dueAt} end`,
      },
    });
}

/** Has the templates of these WABAs read as soon as can be. The first one to ask decides when. */
export function syncSoon({ sql: db }: Inbox, wabaId: string, now: number): Statement {
  return db
    .insert(templateSyncs)
    .values({ wabaId, dueAt: now })
    .onConflictDoUpdate({ target: templateSyncs.wabaId, set: { dueAt: now, tries: 0 } });
}

/** Has the templates of all the account's numbers read as soon as can be. */
export function syncAllSoon(inbox: Inbox, now: number): Promise<void> {
  return inbox.turn(async (commit) => {
    const found = await inbox.sql.selectDistinct({ wabaId: numbers.wabaId }).from(numbers);
    await commit(
      'normal',
      found.map(({ wabaId }) => syncSoon(inbox, wabaId, now)),
    );
  });
}
