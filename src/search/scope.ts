import { type SQL, sql } from 'drizzle-orm';
import { seesOnlyOwn, visible } from '#src/conversations/visible.ts';
import type { ReadOnly } from '#src/db/reader/open-for-reading.ts';
import { conversations } from '#src/db/schema/inbox/index.ts';
import type { Wanted } from './found.ts';
import { assignedTo } from './select-messages.ts';

/**
 * The ids of all messages of somebody's own conversations, when nothing else can be found: they are few, and to
 * look whether a match is among them costs much less than to read it. Null: everybody's messages are searched.
 */
export function scopeOf({ viewer, narrowing: { assignee } }: Wanted): SQL | null {
  const owners = [
    ...(seesOnlyOwn(viewer) ? [visible(viewer)] : []),
    ...(typeof assignee === 'number' ? [assignedTo(assignee)] : []),
  ];
  if (owners.length === 0) {
    return null;
  }
  const own = sql`select ${conversations.id} from ${conversations} where ${sql.join(owners, sql` and `)}`;
  return sql`(select id from messages where conversation_id in (
    ${own} union all
    select id from conversations where merged_into_id is not null and merged_into_id in (${own})))`;
}

/** Without a conversation of one's own there is nothing to look for. */
export const isEmpty = ({ objects }: Pick<ReadOnly, 'objects'>, scope: SQL) =>
  objects(sql`select 1 as found from ${scope} limit 1`).length === 0;
