import { sql } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';

// Each commit adds a segment to the index. Nothing merges them by itself (`automerge=0`): with FTS5's own way
// single commits took hundreds of milliseconds, and at a thousand segments it would merge them all at once.

/** How much one step writes: a few milliseconds' work. */
const steps = {
  message: sql`insert into message_search (message_search, rank) values ('merge', 16)`,
  contact: sql`insert into contact_search (contact_search, rank) values ('merge', 16)`,
};

/** Merges a little of what was written since the last time. Resolves to whether there may be more to merge. */
export async function mergeSome(inbox: Inbox): Promise<boolean> {
  return inbox.turn(async (commit) => {
    for (const step of [steps.message, steps.contact]) {
      const before = totalChanges(inbox);
      await commit('normal', [step]);
      // A step that found nothing to merge changes less than two rows (https://sqlite.org/fts5.html#the_merge_command).
      if (totalChanges(inbox) - before >= 2) {
        return true;
      }
    }
    return false;
  });
}

function totalChanges({ rows }: Inbox): number {
  return Number(rows('select total_changes()')[0]?.[0]);
}
