import { eq, sql } from 'drizzle-orm';
import { built } from '#src/db/built.ts';
import type { Control } from '#src/db/control.ts';
import { accounts } from '#src/db/schema/control.ts';
import { NotFound } from '#src/errors.ts';

/** What every page of an account says of it. Throws `NotFound`. */
export async function findAccount(control: Control, id: number): Promise<{ name: string; timeZone: string }> {
  const statement = built(control, 'account', () =>
    control.sql
      .select({ name: accounts.name, timeZone: accounts.timeZone })
      .from(accounts)
      .where(eq(accounts.id, sql.placeholder('id')))
      .limit(1)
      .prepare(),
  );
  const [account] = await statement.all({ id });
  if (!account) {
    throw new NotFound(`account ${id}`);
  }
  return account;
}
