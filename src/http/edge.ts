import { Elysia } from 'elysia';
import type { Denials } from '#src/audit/denials.ts';
import { Forbidden } from '#src/errors.ts';
import type { Services } from '#src/services.ts';
import { createTrust } from './client-address.ts';
import { errorResponse } from './error-response.tsx';
import { explain } from './failure.ts';
import { refuseListsInForms } from './form-names.ts';
import { securityHeaders } from './headers.ts';
import { createLargeBodies } from './large-bodies.ts';
import { refuseWildBody } from './plain-body.ts';
import { adoptRequestId, requestIdOf } from './request-id.ts';
import { beginRequest, endRequest, noteStatus } from './request-log.ts';
import { isForgeable } from './same-origin.ts';

type EdgeServices = Pick<Services, 'config' | 'log' | 'counts'> & {
  /** Where it is kept who was refused; without it nowhere. */
  denials?: Denials;
};

/**
 * What every response carries and every request passes, whatever it asks for: security headers, a request id,
 * the same-origin check, a limit on bodies, one way of answering errors, and being counted.
 */
export const edge = ({ config, log, counts, denials }: EdgeServices) => {
  const headers = securityHeaders(config);
  const isFromProxy = createTrust(config);
  const bodies = createLargeBodies(config);
  return new Elysia({ name: 'edge' })
    .onRequest(async ({ request, set, server }) => {
      beginRequest(request);
      if (isFromProxy(request, server)) {
        adoptRequestId(request);
      }
      Object.assign(set.headers, headers, { 'x-request-id': requestIdOf(request) });
      refuseForgery(request, config);
      await bodies.admit(request, server);
      refuseListsInForms(request);
    })
    .onTransform({ as: 'global' }, ({ request, body }) => {
      bodies.done(request);
      // Elysia itself fails on such a body when it wants to say what is wrong with it.
      refuseWildBody(body);
    })
    .onError({ as: 'global' }, (context) => {
      const { request, error, code, route } = context;
      bodies.done(request);
      const problem = explain(error, code);
      const about = { requestId: requestIdOf(request), method: request.method, route };
      if (problem.status === 500) {
        log.error({ ...about, err: error }, 'a request failed');
      } else if (problem.status > 500) {
        log.warn({ ...about, status: problem.status, err: error }, 'a request could not be served now');
      } else if (problem.status === 401 || problem.status === 403) {
        log.info({ ...about, status: problem.status }, 'a request was refused');
      }
      denials?.note({
        // Of the guard of the route, which has run by then if there is one.
        viewer: 'viewer' in context ? context.viewer : null,
        method: request.method,
        route,
        status: problem.status,
        type: problem.type,
      });
      const response = errorResponse(request, problem);
      noteStatus(request, response.status);
      return response;
    })
    .onAfterResponse({ as: 'global' }, ({ request, route, response, set }) =>
      endRequest({ log, counts }, request, { route, response, status: set.status }),
    );
};

function refuseForgery(request: Request, config: EdgeServices['config']): void {
  if (isForgeable(request, config)) {
    throw new Forbidden('the request did not come from a page of ours');
  }
}
