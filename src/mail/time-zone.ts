import { asc, eq } from 'drizzle-orm';
import { readTimeZone } from '#src/accounts/time-zone.ts';
import type { Control } from '#src/db/control.ts';
import { accounts, memberships, users } from '#src/db/schema/control.ts';

/** Whose clock the times of a letter stand on: the reader's own, that of their account, or of the one it is about. */
export async function timeZoneFor(
  { sql: db }: Control,
  { recipient, accountId }: { recipient: string; accountId: number | null },
): Promise<string> {
  const [reader] = await db
    .select({ own: users.timeZone, theirs: accounts.timeZone })
    .from(users)
    .leftJoin(memberships, eq(memberships.userId, users.id))
    .leftJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(eq(users.email, recipient))
    .orderBy(asc(memberships.accountId))
    .limit(1);
  const [account] =
    accountId === null
      ? []
      : await db
          .select({ timeZone: accounts.timeZone })
          .from(accounts)
          .where(eq(accounts.id, accountId))
          .limit(1);
  // One that this machine does not know must not keep a letter back.
  return (
    [reader?.own, account?.timeZone, reader?.theirs].map((name) => readTimeZone(name ?? '')).find(Boolean) ??
    'UTC'
  );
}
