import { Elysia } from 'elysia';
import { Forbidden, Problem } from '#src/errors.ts';
import type { Services } from '#src/services.ts';
import { errorResponse } from './error-response.tsx';
import { explain } from './failure.ts';
import { securityHeaders } from './headers.ts';
import { refuseNamesOfJavaScript } from './plain-body.ts';
import { requestIdOf } from './request-id.ts';
import { isForgeable } from './same-origin.ts';
import { pathOf } from './target.ts';

/** Forms and API bodies are text a person typed; webhooks have a limit of their own. */
const LARGEST_BODY = 1024 * 1024;

type EdgeServices = Pick<Services, 'config' | 'log'>;

/**
 * What every response carries and every request passes, whatever it asks for: security headers, a request id,
 * the same-origin check, a limit on bodies, and one way of answering errors.
 */
export const edge = ({ config, log }: EdgeServices) => {
  const headers = securityHeaders(config);
  return (
    new Elysia({ name: 'edge' })
      .onRequest(({ request, set }) => {
        Object.assign(set.headers, headers, { 'x-request-id': requestIdOf(request) });
        refuseForgery(request, config);
        refuseLargeBody(request);
      })
      // Elysia itself fails on such a body when it wants to say what is wrong with it.
      .onTransform({ as: 'global' }, ({ body }) => refuseNamesOfJavaScript(body))
      .onError({ as: 'global' }, ({ request, error, code, route }) => {
        const problem = explain(error, code);
        const about = { requestId: requestIdOf(request), method: request.method, route };
        if (problem.status === 500) {
          log.error({ ...about, err: error }, 'a request failed');
        } else if (problem.status > 500) {
          log.warn({ ...about, status: problem.status, err: error }, 'a request could not be served now');
        } else if (problem.status === 401 || problem.status === 403) {
          log.info({ ...about, status: problem.status }, 'a request was refused');
        }
        return errorResponse(request, problem);
      })
  );
};

function refuseForgery(request: Request, config: EdgeServices['config']): void {
  if (isForgeable(request, config)) {
    throw new Forbidden('the request did not come from a page of ours');
  }
}

function refuseLargeBody(request: Request): void {
  const isWebhook = pathOf(request).startsWith('/webhooks/');
  if (!isWebhook && Number(request.headers.get('content-length') ?? 0) > LARGEST_BODY) {
    throw new Problem(413, 'too-large', 'The body is too large', 'Nothing was changed. Send less at once.');
  }
}
