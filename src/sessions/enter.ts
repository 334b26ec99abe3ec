import type { users } from '#src/db/schema/control.ts';
import { seeOther } from '#src/http/see-other.ts';
import { readSideCookie, sideCookie } from './cookie.ts';
import { noteDevice } from './device.ts';
import type { DoorServices } from './door-services.ts';
import { endSession, type SessionServices } from './find-session.ts';
import { beginStep, STEP_MS } from './second-step.ts';
import { beginSession, type Means, openSession, originOf } from './sign-in.ts';
import { signedIn } from './signed-in.ts';

type User = Pick<typeof users.$inferSelect, 'id' | 'epoch' | 'secondFactor'>;

export type Entry = {
  request: Request;
  address: string;
  /** Where they wanted to go. */
  next: string;
};

/**
 * Answers a right password: in, or on to the second factor. Null when there is no account to enter. Every way of
 * signing in that is not a passkey ends here, so that each asks for the same. Throws `AccountUnavailable`.
 */
export async function enter(services: DoorServices, user: User, entry: Entry): Promise<Response | null> {
  if (user.secondFactor === null) {
    return letIn(services, user, entry, 'password');
  }
  const cookie = sideCookie('step', await beginStep(services, user), STEP_MS, services.config);
  return seeOther(`/login/second-factor${queryOf(entry.next)}`, { 'set-cookie': cookie });
}

/** Begins the session of somebody who has proven enough, and ends the one the browser had. */
export async function letIn(
  services: DoorServices,
  user: Pick<User, 'id' | 'epoch'>,
  { request, address, next }: Entry,
  means: Means,
): Promise<Response | null> {
  const origin = originOf(request, address);
  const token = await openSession(services, user, origin, means);
  if (token === null) {
    return null;
  }
  const device = await noteDevice(services, request, user.id, origin);
  await endSession(services, request);
  // Where there were too many sessions, one has ended.
  await services.live.revalidate(user.id);
  const answer = signedIn(token, next, services.config);
  answer.headers.append('set-cookie', device);
  if (readSideCookie(request, 'step', services.config) !== null) {
    answer.headers.append('set-cookie', sideCookie('step', null, 0, services.config));
  }
  return answer;
}

/**
 * Lets somebody in who has just joined by a link. The browser is their first, so that a sign-in from another one is told.
 * Null when they have to sign in. Throws `AccountUnavailable`.
 */
export async function letInByLink(
  services: SessionServices & Pick<DoorServices, 'mail'>,
  request: Request,
  { userId, address }: { userId: number; address: string },
): Promise<Response | null> {
  const origin = originOf(request, address);
  const token = await beginSession(services, { id: userId, epoch: 0 }, origin);
  if (token === null) {
    return null;
  }
  const answer = signedIn(token, '/', services.config);
  answer.headers.append('set-cookie', await noteDevice(services, request, userId, origin));
  return answer;
}

export const queryOf = (next: string): string => (next === '/' ? '' : `?next=${encodeURIComponent(next)}`);
