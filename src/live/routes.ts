import { Elysia, t } from 'elysia';
import { Forbidden, Unauthorized } from '#src/errors.ts';
import { createRateLimit } from '#src/http/rate-limit.ts';
import { passOnRequestId, requestIdOf } from '#src/http/request-id.ts';
import { isSameOrigin } from '#src/http/same-origin.ts';
import type { Logger } from '#src/log.ts';
import type { Services } from '#src/services.ts';
import { readSessionCookie } from '#src/sessions/cookie.ts';
import { findSession, type Sign } from '#src/sessions/find-session.ts';
import { type ListenServices, listen } from './listen.ts';
import { livePosition } from './position-route.ts';
import { closings, isWire, type LiveSocket } from './socket.ts';
import { createTabs } from './tabs.ts';

/** A person reads a few messages a second at most. */
const UPWARD = { perSecond: 10, burst: 30 };

type LiveServices = Pick<Services, 'config' | 'now' | 'log' | 'accounts' | 'live' | 'phase' | 'control'> &
  ListenServices;

/**
 * `/live`: one socket a tab. Origin and session are checked at the upgrade. A browser that still carries a
 * session which is over is let in only to be told so (4401): its page then stops trying.
 */
export const live = (services: LiveServices) => {
  const { config, now, log } = services;
  const tabs = createTabs(services);
  const limit = createRateLimit({ ...UPWARD, now });

  return new Elysia({ name: 'live' })
    .use(livePosition(services))
    .derive(async ({ request }) => {
      if (!isSameOrigin(request, config)) {
        throw new Forbidden('the socket was not opened by a page of ours');
      } else if (readSessionCookie(request, config) === null) {
        throw new Unauthorized('nobody is signed in');
      }
      return { session: await findSession(services, request, 'look'), proof: proofOf(request) };
    })
    .ws('/live', {
      query: t.Object({
        conversation: t.Optional(t.String({ maxLength: 64 })),
        seen: t.Optional(t.String({ maxLength: 64 })),
      }),
      open({ raw, data: { session, proof, query } }) {
        if (session === null || !isWire(raw)) {
          raw.close(...closings.signedOut);
          return;
        }
        const recheck = (sign: Sign) => findSession(services, proof, sign);
        const arrival = { session, recheck, conversation: query.conversation, seen: query.seen };
        tabs.open(raw, arrival).catch((err) => abandon(log, raw, proof, err));
      },
      message({ raw, data: { proof } }, message) {
        const socket = tabs.of(raw);
        if (socket && limit.take(socketKey(socket)) === 0) {
          listen(services, socket, message).catch((err) => abandon(log, raw, proof, err));
        }
      },
      close({ raw }) {
        tabs.close(raw);
      },
    });
};

/** What `findSession` reads of a request, kept beyond the upgrade. */
function proofOf(request: Request): Request {
  const proof = new Request(request.url, { headers: { cookie: request.headers.get('cookie') ?? '' } });
  return passOnRequestId(request, proof);
}

function socketKey({ viewer }: LiveSocket): string {
  return `${viewer.accountId}/${viewer.userId}`;
}

type Closable = Pick<LiveSocket['wire'], 'close'>;

/** The page connects again and gets what it missed. */
function abandon(log: Logger, wire: Closable, proof: Request, err: unknown): void {
  log.warn({ requestId: requestIdOf(proof), err }, 'a socket was given up');
  wire.close(1011, 'something broke');
}
