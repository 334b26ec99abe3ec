import type { Statement } from '#src/db/database.ts';
import { forEachRow } from '#src/db/rows.ts';
import type { Run } from '#src/webhooks/run.ts';

/**
 * What an answer from the phone means for who waits, after the messages are written: the rows decide, so that it does
 * not matter which of question and answer came first.
 */
export function phoneAnswerStatements({ made }: Run): Statement[] {
  return [
    ...forEachRow(
      WAITS_SINCE,
      [...made.answeredOnPhone].map((id) => [id]),
    ),
    ...forEachRow(
      FIRST_REPLY,
      made.firstReplies.map(({ caseId, at }) => [at, caseId, at]),
    ),
  ];
}

const PARTS = `(select conversations.id union all
  select part.id from conversations part where part.merged_into_id = conversations.id)`;

/** What came as history was written there as well. */
const ANSWERED = `(select max(a.ordered_at) from messages a where a.conversation_id in ${PARTS}
  and a.ordered_at >= conversations.waiting_since and a.author_kind = 'phone_app'
  and a.status <> 'failed')`;

/** An answer is never older than the question, so nothing before that is read; and the answer is looked for once. */
export const WAITS_SINCE = `update conversations set waiting_since = (
    select min(asked.at) from (select ${ANSWERED} as at) answer cross join (
      select m.ordered_at as at from messages m where m.conversation_id in ${PARTS}
        and m.ordered_at >= conversations.waiting_since
        and m.direction = 'in' and m.wamid is not null and m.case_id is not null
      union all
      select h.at from events h where h.conversation_id in ${PARTS}
        and h.at >= conversations.waiting_since and h.kind = 'handover.passed'
    ) asked where asked.at > answer.at
  ) where id in (select coalesce(merged_into_id, id) from conversations where id = ?)
    and waiting_since is not null and ${ANSWERED} is not null`;

const FIRST_REPLY = `update cases set first_reply_at = ?, first_reply_by = null
  where id = ? and first_inbound_at is not null and (first_reply_at is null or first_reply_at > ?)`;
