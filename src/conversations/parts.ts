import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';

/**
 * The ids of a conversation and of those merged into it, as a subselect: what happened in any of them, happened in
 * the conversation that stands for them.
 */
export function partsOf(id: number | SQLWrapper): SQL {
  return sql`(select ${id} union all select part.id from conversations as part where part.merged_into_id = ${id})`;
}

/** The id of the conversation that stands for this one: itself, unless it was merged. Null when there is none. */
export function survivorOf(id: number | SQLWrapper): SQL<number> {
  return sql<number>`(select coalesce(asked.merged_into_id, asked.id) from conversations as asked where asked.id = ${id})`;
}
