import { auditRow } from '#src/audit/audit-row.ts';
import { NotFound, Unauthorized } from '#src/errors.ts';
import type { Live } from '#src/live/live.ts';
import type { PersonViewer } from '#src/live/topics.ts';
import { accountCookie } from './account-cookie.ts';
import { readSessionCookie, sessionCookie } from './cookie.ts';
import { type SessionServices, storeOf } from './find-session.ts';
import { homesOf } from './homes.ts';
import { ABSOLUTE_MS } from './limits.ts';

export type SwitchServices = SessionServices & { live: Pick<Live, 'revalidate'> };

/**
 * Moves the session a request came with to another account of its person, and gives the cookies that say so. The old
 * token is dead, and the sockets that were opened with it end. Throws `NotFound` for an account that is not theirs.
 */
export async function switchAccount(
  services: SwitchServices,
  request: Request,
  accountId: number,
  viewer: Pick<PersonViewer, 'userId' | 'address'>,
): Promise<string[]> {
  const { config, control, accounts, live, now } = services;
  const { userId, address } = viewer;
  const token = readSessionCookie(request, config);
  if (!homesOf(control, userId).some(({ id }) => id === accountId)) {
    throw new NotFound(`account ${accountId} is not one of user ${userId}`);
  } else if (token === null) {
    throw new Unauthorized('nobody is signed in');
  }
  await accounts.use(accountId, (inbox) =>
    inbox.write('full', [
      auditRow(inbox, {
        at: now(),
        actor: { kind: 'system' },
        action: 'session.began',
        object: `user:${userId}`,
        data: { address },
      }),
    ]),
  );
  const moved = await storeOf(services).move(token, accountId);
  await live.revalidate(userId);
  return [sessionCookie(moved, ABSOLUTE_MS, config), accountCookie(accountId, config)];
}
