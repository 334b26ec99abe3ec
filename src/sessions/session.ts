import { Elysia } from 'elysia';
import { Unauthorized } from '#src/errors.ts';
import { clientAddressOf } from '#src/http/client-address.ts';
import { readDisplay } from '#src/people/display.ts';
import { findSession, type SessionServices } from './find-session.ts';
import { homesOf } from './homes.ts';

/**
 * Guards the feature that uses it: its handlers get the `viewer`, and a request without a session gets no further.
 * `derive` runs before validation, so that strangers learn nothing from what a form refuses.
 */
export const session = (services: SessionServices) => {
  const addressOf = clientAddressOf(services.config);
  return new Elysia({ name: 'session' }).derive({ as: 'scoped' }, async ({ request, server }) => {
    const found = await findSession(services, request);
    if (found === null) {
      throw new Unauthorized('nobody is signed in');
    }
    const address = addressOf(request, server);
    const homes = homesOf(services.control, found.viewer.userId);
    return { viewer: { ...found.viewer, address, display: readDisplay(request), homes } };
  });
};
