import { permissionsIn } from '#src/accounts/standing.ts';
import { NotFound } from '#src/errors.ts';
import { requestIdOf } from '#src/http/request-id.ts';
import { findMember } from '#src/people/members.ts';
import type { Viewer } from '#src/people/viewer.ts';
import type { Services } from '#src/services.ts';
import { readSessionCookie } from './cookie.ts';
import { needsSecondFactor } from './enforcement.ts';
import { createSessionStore, type LiveSession, type SessionStore } from './lucia.ts';

export type Session = {
  viewer: Extract<Viewer, { kind: 'person' }>;
  /** Names the session without giving it away. */
  idHash: string;
  /** Their role demands a second factor and they have none: all they may do is set one up, or leave. */
  isHeld: boolean;
  /** When it is over, unless it is used again before. */
  endsAt: number;
};

export type SessionServices = Pick<Services, 'config' | 'control' | 'accounts' | 'now' | 'log'>;

/** `use` keeps a session alive; `look` only asks, for what a page does while nobody may sit before it. */
export type Sign = 'use' | 'look';

/**
 * Who sends this request: the person of its session cookie, with the permissions they have now. Null when nobody
 * is signed in, the session is over or held, or they may no longer enter. Throws `AccountUnavailable`.
 */
export async function findSession(
  services: SessionServices,
  request: Request,
  sign: Sign = 'use',
): Promise<Session | null> {
  const found = await findHeldOrFree(services, request, sign);
  return found?.isHeld === true ? null : found;
}

/** The same, also for somebody who must first set up a second factor. */
export async function findHeldOrFree(
  services: SessionServices,
  request: Request,
  sign: Sign = 'use',
): Promise<Session | null> {
  const token = readSessionCookie(request, services.config);
  if (token === null) {
    return null;
  }
  const store = storeOf(services);
  const found = (await store.find(token, sign)) ?? (await followRenewal(store, request, sign));
  if (found) {
    letIn.set(request, found.idHash);
  }
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

/** Under which session a request was let in. A socket asks again and again with the one it was opened by. */
const letIn = new WeakMap<Request, string>();

/** A socket stays open when its session gets a new token; for a new request the old token is dead. */
async function followRenewal(store: SessionStore, request: Request, sign: Sign): Promise<LiveSession | null> {
  const idHash = letIn.get(request);
  return idHash === undefined ? null : store.follow(idHash, sign);
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

async function withViewer(
  { accounts, config, now }: SessionServices,
  found: LiveSession,
): Promise<Session | null> {
  const { accountId, userId, idHash, isOperator, hasSecondFactor, endsAt } = found;
  // Nobody is told a password of the demonstration: there is nothing to prove anything with.
  const provenAt = config.isDemo ? now() : found.provenAt;
  try {
    return await accounts.use(accountId, async (inbox) => {
      const { name, sight, permissions: granted } = await findMember(inbox, userId);
      const permissions = permissionsIn(found.accountState, granted);
      return {
        viewer: { kind: 'person', accountId, userId, name, permissions, sight, isOperator, provenAt },
        idHash,
        isHeld: !hasSecondFactor && needsSecondFactor(inbox, userId),
        endsAt,
      };
    });
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
