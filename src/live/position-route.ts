import { Elysia } from 'elysia';
import { Unauthorized } from '#src/errors.ts';
import type { Services } from '#src/services.ts';
import { findSession, type SessionServices } from '#src/sessions/find-session.ts';

/**
 * `/live/position`: for pages whose socket cannot connect. They ask with the position they know as an ETag; 304
 * says that nothing has changed since, at the cost of one session look-up. Asking keeps no session alive.
 */
export const livePosition = (services: SessionServices & Pick<Services, 'live'>) =>
  new Elysia({ name: 'live-position' }).get('/live/position', async ({ request }) => {
    const session = await findSession(services, request, 'look');
    if (session === null) {
      throw new Unauthorized('nobody is signed in');
    }
    const etag = `"${services.live.position(session.viewer.accountId)}"`;
    const headers = { etag };
    return request.headers.get('if-none-match') === etag
      ? new Response(null, { status: 304, headers })
      : new Response(null, { status: 204, headers });
  });
