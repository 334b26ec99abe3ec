import { permissionsIn } from '#src/accounts/standing.ts';
import { NotFound } from '#src/errors.ts';
import { requestIdOf } from '#src/http/request-id.ts';
import { findMember } from '#src/people/members.ts';
import type { Viewer } from '#src/people/viewer.ts';
import type { Services } from '#src/services.ts';
import { readSessionCookie } from './cookie.ts';
import { createSessionStore, type LiveSession, type SessionStore } from './lucia.ts';

export type Session = {
  viewer: Extract<Viewer, { kind: 'person' }>;
  /** Names the session without giving it away. */
  idHash: string;
};

export type SessionServices = Pick<Services, 'config' | 'control' | 'accounts' | 'now' | 'log'>;

/** `use` keeps a session alive; `look` only asks, for what a page does while nobody may sit before it. */
export type Sign = 'use' | 'look';

/**
 * Who sends this request: the person of its session cookie, with the permissions they have now. Null when nobody
 * is signed in, the session is over, or they may no longer enter. Throws `AccountUnavailable`.
 */
export async function findSession(
  services: SessionServices,
  request: Request,
  sign: Sign = 'use',
): Promise<Session | null> {
  const token = readSessionCookie(request, services.config);
  if (token === null) {
    return null;
  }
  const store = storeOf(services);
  const found = await store.find(token, sign);
  await store
    .tidy()
    .catch((err) =>
      services.log.warn(
        { requestId: requestIdOf(request), err },
        'when sessions were last used was not written',
      ),
    );
  return found && withViewer(services, found);
}

/** Ends the session a request came with, if any, and closes what it has open. */
export async function endSession(
  services: SessionServices & { live: Pick<Services['live'], 'revalidate'> },
  request: Request,
): Promise<void> {
  const token = readSessionCookie(request, services.config);
  const store = storeOf(services);
  const found = token && (await store.find(token));
  if (token && found) {
    await store.end(token);
    await services.live.revalidate(found.userId);
  }
}

async function withViewer({ accounts }: SessionServices, found: LiveSession): Promise<Session | null> {
  const { accountId, userId, idHash, isOperator } = found;
  try {
    const member = await accounts.use(accountId, (inbox) => findMember(inbox, userId));
    const permissions = permissionsIn(found.accountState, member.permissions);
    const { name, sight } = member;
    return { viewer: { kind: 'person', accountId, userId, name, permissions, sight, isOperator }, idHash };
  } catch (error) {
    if (error instanceof NotFound) {
      return null;
    }
    throw error;
  }
}

const stores = new WeakMap<object, SessionStore>();

/** One store for each control.db: it remembers when sessions were last used. */
export function storeOf({ control, now }: Pick<Services, 'control' | 'now'>): SessionStore {
  const known = stores.get(control) ?? createSessionStore(control, now);
  stores.set(control, known);
  return known;
}
