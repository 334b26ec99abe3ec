import type { Statement } from '#src/db/database.ts';
import { forEachRow, insertRows } from '#src/db/rows.ts';
import { accountEvents } from '#src/db/schema/inbox/index.ts';
import type { Run } from '#src/webhooks/run.ts';
import { isForbidden } from './restriction.ts';
import { restrictionStatements } from './restriction-rows.ts';
import type { AccountEventRow } from './take-account-event.ts';

/** Each event once, and what it does to sending directly after it: what Meta repeats does nothing. */
export function accountEventStatements(run: Run): Statement[] {
  return run.made.accountEvents.flatMap((row) => [
    ...insertRows(accountEvents, [row], 'on conflict (digest, position) do nothing'),
    ...(row.effect ? effectStatementsOf(row, run.nextId()) : []),
  ]);
}

function effectStatementsOf(row: AccountEventRow, auditId: number): Statement[] {
  return isForbidden(row.cause) ? restrictionStatements(row, auditId) : pauseStatements(row, auditId);
}

/**
 * Which of a ban and its end is the newer by Meta's clock counts, in whatever order they come. Only what the same cause
 * has paused is resumed: a token that is not valid stays so.
 */
function pauseStatements(row: AccountEventRow, auditId: number): Statement[] {
  const { numberId = null, wabaId, effect, cause = null, at, receivedAt } = row;
  const scope = [numberId, numberId, wabaId];
  const object = numberId ? `number:${numberId}` : `waba:${wabaId}`;
  const note = forEachRow(NOTE, [
    [
      auditId,
      receivedAt,
      effect === 'pauses' ? 'number.paused' : 'number.resumed',
      object,
      JSON.stringify({ reason: cause }),
    ],
  ]);
  return effect === 'pauses'
    ? [...forEachRow(PAUSE, [[`account:${cause}`, ...scope, 'resumes', cause, at, ...scope]]), ...note]
    : [
        ...forEachRow(RESUME, [[`account:${cause}`, cause, ...scope, 'pauses', cause, at, ...scope]]),
        ...note,
      ];
}

/** An event about the whole business account means each of its numbers. */
const IS_IN_SCOPE = '(id = ? or (? is null and waba_id = ?))';
const IS_NEWEST = `not exists (select 1 from account_events e where e.effect = ? and e.cause = ? and e.at > ?
  and (e.number_id = ? or ((? is null or e.number_id is null) and e.waba_id = ?)))`;

const PAUSE = `update numbers set state = 'paused', paused_for = ?
  where changes() > 0 and state = 'live' and ${IS_IN_SCOPE} and ${IS_NEWEST}`;

/** 368 and 131031 are how Meta refuses to send for an account that is blocked or disabled. */
const RESUME = `update numbers set state = 'live', paused_for = null
  where changes() > 0 and state = 'paused'
    and (paused_for = ? or (? = 'disabled' and paused_for in ('368', '131031')))
    and ${IS_IN_SCOPE} and ${IS_NEWEST}`;

const NOTE = `insert into audit (id, at, actor_kind, action, object, data)
  select ?, ?, 'system', ?, ?, ? where changes() > 0`;
