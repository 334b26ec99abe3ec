import { eq, inArray } from 'drizzle-orm';
import {
  accounts,
  memberships,
  metaApps,
  routes,
  sessions,
  unroutedChanges,
  users,
} from '#src/db/schema/control.ts';
import type { Services } from '#src/services.ts';
import { forgetRouting } from '#src/webhooks/routing.ts';
import type { OpenShop } from './open-shop.ts';

/**
 * Ends a shop, so that another can have its numbers and its people's addresses. Nobody gets in any more and
 * nothing is sent from it; its sealed files go with the demonstration's folder.
 */
export async function closeShop(
  { control, live, now }: Pick<Services, 'control' | 'live' | 'now'>,
  { accountId, userIds }: Pick<OpenShop, 'accountId' | 'userIds'>,
): Promise<void> {
  const { sql: db } = control;
  const people = Object.values(userIds);
  const apps = db.select({ id: metaApps.id }).from(metaApps).where(eq(metaApps.accountId, accountId));
  await control.write('full', [
    db.update(accounts).set({ state: 'closed', stateAt: now() }).where(eq(accounts.id, accountId)),
    db.delete(sessions).where(eq(sessions.accountId, accountId)),
    db.delete(memberships).where(eq(memberships.accountId, accountId)),
    db.delete(users).where(inArray(users.id, people)),
    db.delete(routes).where(eq(routes.accountId, accountId)),
    db.delete(unroutedChanges).where(inArray(unroutedChanges.appId, apps)),
    db.delete(metaApps).where(eq(metaApps.accountId, accountId)),
  ]);
  forgetRouting(control);
  for (const userId of people) {
    live.endUser(userId);
  }
}
