import { Elysia } from 'elysia';
import { Problem, Unauthorized } from '#src/errors.ts';
import { clientAddressOf } from '#src/http/client-address.ts';
import { readDisplay } from '#src/people/display.ts';
import { findHeldOrFree, type SessionServices, type Sign } from './find-session.ts';
import { homesOf } from './homes.ts';

/**
 * Guards the feature that uses it: its handlers get the `viewer`, and a request without a session gets no further.
 * `derive` runs before validation, so that strangers learn nothing from what a form refuses.
 */
export const session = (services: SessionServices) => guard('session', services, { isHeldWelcome: false });

/** The same for the few pages that somebody needs who must first set up a second factor; `isHeld` says so. */
export const heldSession = (services: SessionServices) =>
  guard('held-session', services, { isHeldWelcome: true });

function guard(name: string, services: SessionServices, { isHeldWelcome }: { isHeldWelcome: boolean }) {
  const addressOf = clientAddressOf(services.config);
  return new Elysia({ name }).derive({ as: 'scoped' }, async ({ request, server }) => {
    const found = await findHeldOrFree(services, request, signOf(request));
    if (found === null) {
      throw new Unauthorized('nobody is signed in');
    } else if (found.isHeld && !isHeldWelcome) {
      throw secondFactorMissing();
    }
    const address = addressOf(request, server);
    const homes = homesOf(services.control, found.viewer.userId);
    const viewer = { ...found.viewer, address, display: readDisplay(request), homes };
    return { viewer, sessionHash: found.idHash, isHeld: found.isHeld };
  });
}

/** Pages that load themselves anew say that nobody has asked for it; whatever changes something was done by somebody. */
const signOf = (request: Request): Sign =>
  request.method === 'GET' && request.headers.get('oono-sign') === 'look' ? 'look' : 'use';

/** Pages answer it by leading to where a second factor is set up. */
const secondFactorMissing = () =>
  new Problem(
    403,
    'second-factor-missing',
    'A second factor is needed',
    'Nothing was changed. The role demands a second factor: set one up first.',
  );
