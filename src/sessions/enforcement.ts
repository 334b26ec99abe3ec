import type { Inbox } from '#src/db/inbox.ts';

/** Whether somebody's role here demands a second factor. A built-in role's row may say so too. */
export function needsSecondFactor({ rows }: Inbox, userId: number): boolean {
  const [row] = rows(
    'select r.needs_second_factor from members m join roles r on r.id = m.role_id where m.user_id = ? and m.left_at is null',
    [userId],
  );
  return Number(row?.[0] ?? 0) === 1;
}
