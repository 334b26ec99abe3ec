import type { Statement } from '#src/db/database.ts';
import { forEachRow } from '#src/db/rows.ts';
import { type Forbidden, isForbidden, UNTIL_LIFTED } from './restriction.ts';
import type { AccountEventRow } from './take-account-event.ts';

/**
 * For the batch that keeps the event, directly after it: what Meta repeats does nothing, so that what somebody lifted
 * stays lifted. Meta has no word for an end that comes early but the same restriction with another date; the newest one
 * by its clock counts. A restriction means every number of the business account, unless it names one.
 */
export function restrictionStatements(row: AccountEventRow, auditId: number): Statement[] {
  const { numberId = null, wabaId, cause, at, receivedAt, data = '{}' } = row;
  if (!isForbidden(cause)) {
    return [];
  }
  const { until = UNTIL_LIFTED } = JSON.parse(data) as { until?: number };
  const end = until > receivedAt ? until : null;
  const scope = [numberId, numberId, wabaId];
  const deed = [
    auditId,
    receivedAt,
    end === null ? 'number.unrestricted' : 'number.restricted',
    numberId ? `number:${numberId}` : `waba:${wabaId}`,
    JSON.stringify({ forbids: cause, ...(end === null || end === UNTIL_LIFTED ? {} : { until: end }) }),
  ];
  return [
    ...forEachRow(RESTRICT[cause], [[end, end, ...scope, cause, at, ...scope]]),
    ...forEachRow(NOTE, [deed]),
  ];
}

const restrict = (column: string) => `update numbers set ${column} = ?
  where changes() > 0 and ${column} is not ? and state <> 'disconnected'
    and (id = ? or (? is null and waba_id = ?))
    and not exists (select 1 from account_events e where e.effect = 'pauses' and e.cause = ? and e.at > ?
      and (e.number_id = ? or ((? is null or e.number_id is null) and e.waba_id = ?)))`;

const RESTRICT: Readonly<Record<Forbidden, string>> = {
  starts: restrict('starts_forbidden_until'),
  answers: restrict('answers_forbidden_until'),
};

const NOTE = `insert into audit (id, at, actor_kind, action, object, data)
  select ?, ?, 'system', ?, ?, ? where changes() > 0`;
