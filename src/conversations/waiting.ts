import { type SQL, sql } from 'drizzle-orm';
import { partsOf } from './parts.ts';

/** Since when the customer waits, after one more inbound message written at `at` (Meta's clock). */
export function waitingAfterInbound(current: number | null, at: number): number {
  return Math.min(current ?? at, at);
}

/**
 * Since when a customer waits: the first inbound message, or giving of the conversation to people, after the last
 * answer that did not fail, and after the last time that somebody closed the conversation or waived an answer. `parts`
 * gives the ids of the conversation and of those merged into it, in brackets. The two moments stand in a table of one row:
 * asked for in the condition, they would be looked for again for each message.
 */
export function firstUnanswered(parts: SQL): SQL {
  return sql`(
    select min(asked.at) from (
      select coalesce((
        select max(a.ordered_at) from messages a
        where a.conversation_id in ${parts} and a.direction = 'out'
          and a.author_kind in ('person', 'api', 'phone_app') and a.status not in ('failed', 'cancelled')
      ), 0) as answered, coalesce((
        select max(e.at) from events e
        where e.conversation_id in ${parts} and e.kind in ('case.closed', 'answer.waived')
      ), 0) as settled
    ) past cross join (
      select m.ordered_at as at, m.arrived_at as came from messages m
      where m.conversation_id in ${parts} and m.direction = 'in' and m.wamid is not null
        and m.case_id is not null
      union all
      select h.at, h.at from events h where h.conversation_id in ${parts} and h.kind = 'handover.passed'
    ) asked
    where asked.at > past.answered and asked.came > past.settled
  )`;
}

/**
 * Brings *unanswered* back where an answer failed, unless the conversation is closed. Of a merged one it is the
 * surviving one that waits. It reads what stands before it in the same batch, so it comes after the statements that
 * set the failed status.
 */
export function restoreWaiting(conversationIds: readonly number[]): SQL {
  const ids = sql.join(
    conversationIds.map((id) => sql`${id}`),
    sql`, `,
  );
  return sql`
    update conversations
    set waiting_since = coalesce(${firstUnanswered(partsOf(sql`conversations.id`))}, waiting_since)
    where id in (select coalesce(merged_into_id, id) from conversations where id in (${ids})) and state <> 'closed'`;
}

/**
 * Takes *unanswered* back where answers that had failed arrived after all: the customer then waits only for what they
 * wrote since, or for what was written before the answer and came after it. It comes after the statements that set
 * the status, as `restoreWaiting` does.
 */
export function recoverWaiting(answerIds: readonly number[]): SQL {
  const ids = sql.join(
    answerIds.map((id) => sql`${id}`),
    sql`, `,
  );
  const parts = partsOf(sql`conversations.id`);
  return sql`
    update conversations
    set waiting_since = coalesce(${firstUnanswered(parts)}, case when exists (
      select 1 from messages a, messages m
      where a.id in (${ids}) and a.conversation_id in ${parts}
        and m.conversation_id in ${parts} and m.direction = 'in' and m.wamid is not null and m.case_id is not null
        and m.ordered_at <= a.ordered_at and m.arrived_at > a.arrived_at
    ) then waiting_since end)
    where waiting_since is not null and id in (
      select coalesce(c.merged_into_id, c.id)
      from messages a join conversations c on c.id = a.conversation_id
      where a.id in (${ids})
    )`;
}
