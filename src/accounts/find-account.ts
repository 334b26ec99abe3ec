import { eq } from 'drizzle-orm';
import type { Control } from '#src/db/control.ts';
import { accounts } from '#src/db/schema/control.ts';
import { NotFound } from '#src/errors.ts';

/** What every page of an account says of it. Throws `NotFound`. */
export async function findAccount(
  { sql: db }: Control,
  id: number,
): Promise<{ name: string; timeZone: string }> {
  const { name, timeZone } = accounts;
  const [account] = await db.select({ name, timeZone }).from(accounts).where(eq(accounts.id, id)).limit(1);
  if (!account) {
    throw new NotFound(`account ${id}`);
  }
  return account;
}
