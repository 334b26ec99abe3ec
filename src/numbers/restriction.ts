import type { Statement } from '#src/db/database.ts';
import { forEachRow } from '#src/db/rows.ts';
import type { AccountEventRow } from './take-account-event.ts';

/** What a restriction of Meta's forbids: to write first to somebody, or to answer within their window. */
export const forbidden = ['starts', 'answers'] as const;
export type Forbidden = (typeof forbidden)[number];

/** Until when each is forbidden, ms; null: it may be done. */
export type Restriction = { startsForbiddenUntil: number | null; answersForbiddenUntil: number | null };

/** The end of a restriction that Meta gives none: the last moment a date can hold. */
export const UNTIL_LIFTED = 8_640_000_000_000_000;

export const isRestricted = ({ startsForbiddenUntil, answersForbiddenUntil }: Restriction): boolean =>
  startsForbiddenUntil !== null || answersForbiddenUntil !== null;

/** What may not be sent at a moment. */
export function forbiddenAt(restriction: Restriction, now: number): Record<Forbidden, boolean> {
  return {
    starts: now < (restriction.startsForbiddenUntil ?? 0),
    answers: now < (restriction.answersForbiddenUntil ?? 0),
  };
}

export const isForbidden = (cause: string | null | undefined): cause is Forbidden =>
  cause === 'starts' || cause === 'answers';

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
  return [...forEachRow(RESTRICT[cause], [[end, ...scope, cause, at, ...scope]]), ...forEachRow(NOTE, [deed])];
}

const restrict = (column: string) => `update numbers set ${column} = ?
  where changes() > 0 and state <> 'disconnected' and (id = ? or (? is null and waba_id = ?))
    and not exists (select 1 from account_events e where e.effect = 'pauses' and e.cause = ? and e.at > ?
      and (e.number_id = ? or ((? is null or e.number_id is null) and e.waba_id = ?)))`;

const RESTRICT: Readonly<Record<Forbidden, string>> = {
  starts: restrict('starts_forbidden_until'),
  answers: restrict('answers_forbidden_until'),
};

const NOTE = `insert into audit (id, at, actor_kind, action, object, data)
  select ?, ?, 'system', ?, ?, ? where changes() > 0`;
