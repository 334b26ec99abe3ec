import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';

/**
 * The ids of a conversation and of those merged into it, as a subselect: what happened in any of them, happened in
 * the conversation that stands for them.
 */
export function partsOf(id: number | SQLWrapper): SQL {
  return sql`(select ${id} union all select part.id from conversations as part where part.merged_into_id = ${id})`;
}
