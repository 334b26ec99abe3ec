import { and, eq } from 'drizzle-orm';
import { auditRow, type Deed } from '#src/audit/audit-row.ts';
import { accounts, memberships } from '#src/db/schema/control.ts';
import { AccountUnavailable } from '#src/errors.ts';
import type { Services } from '#src/services.ts';

/** In the audit trail of every business they are in: before it is done, since it cannot be missing afterwards. */
export async function noteInTrails(
  { control, accounts: open, now, log }: Pick<Services, 'control' | 'accounts' | 'now' | 'log'>,
  userId: number,
  deed: Pick<Deed, 'actor' | 'action' | 'data'>,
): Promise<void> {
  const homes = await control.sql
    .select({ id: memberships.accountId })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(
      and(eq(memberships.userId, userId), eq(memberships.state, 'active'), eq(accounts.state, 'active')),
    );
  for (const { id } of homes) {
    await open
      .use(id, (inbox) =>
        inbox.write('full', [auditRow(inbox, { ...deed, at: now(), object: `user:${userId}` })]),
      )
      .catch((error) => {
        // A damaged business must not keep somebody out of another.
        if (!(error instanceof AccountUnavailable)) {
          throw error;
        }
        log.warn({ account: id }, 'what became of a sign-in could not be noted in its audit trail');
      });
  }
}
