import { and, eq } from 'drizzle-orm';
import { auditRow } from '#src/audit/audit-row.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { numbers } from '#src/db/schema/inbox/index.ts';
import { type Forbidden, forbidden, UNTIL_LIFTED } from './restriction.ts';

const columns = { starts: 'startsForbiddenUntil', answers: 'answersForbiddenUntil' } as const;

/** Takes off the numbers what Meta forbade until now at the latest. Gives the numbers. */
export async function endRestrictions(inbox: Inbox, now: number): Promise<number[]> {
  if (endedBy(inbox, now).length === 0) {
    return [];
  }
  return inbox.turn(async (commit) => {
    const ended = endedBy(inbox, now);
    await commit(
      'full',
      ended.flatMap(({ id, what, until }) => [
        inbox.sql
          .update(numbers)
          .set({ [columns[what]]: null })
          .where(and(eq(numbers.id, id), eq(numbers[columns[what]], until))),
        auditRow(inbox, {
          at: now,
          actor: { kind: 'system' },
          action: 'number.unrestricted',
          object: `number:${id}`,
          data: { forbids: what, until },
        }),
      ]),
    );
    return [...new Set(ended.map(({ id }) => id))];
  });
}

type Ended = { id: number; what: Forbidden; until: number };

const ENDED = `select id, starts_forbidden_until, answers_forbidden_until from numbers
  where starts_forbidden_until <= ? or answers_forbidden_until <= ?`;

function endedBy(inbox: Inbox, now: number): Ended[] {
  return inbox.rows(ENDED, [now, now]).flatMap(([id, ...untils]) =>
    untils.flatMap((until, index) => {
      const what = forbidden[index];
      return what && until !== null && Number(until) <= now
        ? [{ id: Number(id), what, until: Number(until) }]
        : [];
    }),
  );
}

const NEXT = `select min(until) from (
  select starts_forbidden_until as until from numbers union all select answers_forbidden_until from numbers
) where until > ? and until < ${UNTIL_LIFTED}`;

/** When the next restriction ends after this moment; null when none has an end. */
export function nextRestrictionEnd(inbox: Pick<Inbox, 'rows'>, after: number): number | null {
  const [row] = inbox.rows(NEXT, [after]);
  return row?.[0] == null ? null : Number(row[0]);
}
