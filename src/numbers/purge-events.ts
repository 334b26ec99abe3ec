import { sql } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { nextTurn } from '#src/webhooks/group-commit.ts';
import { JOURNAL_KEPT_MS } from '#src/webhooks/purge.ts';
import { countOthers } from './account-event.ts';

const AT_ONCE = 500;

/** Lets go of events that nobody needs, when their raw changes go: some fields tell of every click of a customer. */
export async function purgeOtherEvents(inbox: Inbox, now: number): Promise<void> {
  for (const { field } of await countOthers(inbox)) {
    while (await purgeSome(inbox, field, now - JOURNAL_KEPT_MS)) {
      await nextTurn();
    }
  }
}

function purgeSome(inbox: Inbox, field: string, before: number): Promise<boolean> {
  return inbox.turn(async (commit) => {
    const old = inbox.rows(
      "select id from account_events where kind = 'other' and field = ? and at < ? limit ?",
      [field, before, AT_ONCE],
    );
    const ids = sql.join(
      old.map(([id]) => sql`${Number(id)}`),
      sql`, `,
    );
    await commit('normal', old.length === 0 ? [] : [sql`delete from account_events where id in (${ids})`]);
    return old.length === AT_ONCE;
  });
}
