import { eq, sql } from 'drizzle-orm';
import { built } from '#src/db/built.ts';
import type { Control } from '#src/db/control.ts';
import { accounts, users } from '#src/db/schema/control.ts';
import { NotFound } from '#src/errors.ts';

/**
 * What every page of an account says of it; its time zone is that of the person who reads, if they have set one.
 * Throws `NotFound`.
 */
export async function findAccount(
  control: Control,
  id: number,
  reader?: { userId: number },
): Promise<{ name: string; timeZone: string }> {
  const statement = built(control, 'account', () =>
    control.sql
      .select({ name: accounts.name, timeZone: accounts.timeZone, own: users.timeZone })
      .from(accounts)
      .leftJoin(users, eq(users.id, sql.placeholder('userId')))
      .where(eq(accounts.id, sql.placeholder('id')))
      .limit(1)
      .prepare(),
  );
  const [account] = await statement.all({ id, userId: reader?.userId ?? 0 });
  if (!account) {
    throw new NotFound(`account ${id}`);
  }
  const { name, timeZone, own } = account;
  return { name, timeZone: own ?? timeZone };
}
