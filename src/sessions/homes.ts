import { isOpenToPeople } from '#src/accounts/standing.ts';
import type { Control } from '#src/db/control.ts';
import { accountStates } from '#src/db/schema/control.ts';

export type Home = { id: number; name: string };

/** The accounts that somebody may enter, by name. */
export function homesOf({ rows }: Pick<Control, 'rows'>, userId: number): Home[] {
  const found = rows(
    `select a.id, a.name, a.state from memberships m join accounts a on a.id = m.account_id
     where m.user_id = ? and m.state = 'active' order by a.name, a.id`,
    [userId],
  );
  return found
    .filter(([, , state]) => accountStates.some((known) => known === state && isOpenToPeople(known)))
    .map(([id, name]) => ({ id: Number(id), name: String(name) }));
}

/** The account that somebody used last in any browser that is signed in still; null when there is none. */
export function lastHomeOf({ rows }: Pick<Control, 'rows'>, userId: number): number | null {
  const [row] = rows('select account_id from sessions where user_id = ? order by seen_at desc limit 1', [
    userId,
  ]);
  return row === undefined ? null : Number(row[0]);
}
