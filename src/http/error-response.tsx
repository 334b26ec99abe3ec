/** @jsxImportSource preact */
import { readDisplay } from '#src/people/display.ts';
import { detourFor, signInFor } from '#src/sessions/next.ts';
import { ErrorPage, ErrorPush } from '#views/errors/error-page.tsx';
import { fragment, page, wantsFragment } from './page.ts';
import { type ProblemDetails, problemResponse } from './problem.ts';
import { requestIdOf } from './request-id.ts';
import { isFromBrowser } from './same-origin.ts';
import { seeOther } from './see-other.ts';

const RETRY_AFTER_S = '30';

/** The answer to a request that did not work: a problem document for programs, a page or a part of one for people. */
export function errorResponse(request: Request, problem: ProblemDetails): Response {
  const { status, type } = problem;
  const headers: Record<string, string> = status === 503 ? { 'retry-after': RETRY_AFTER_S } : {};
  if (!isFromBrowser(request)) {
    return problemResponse(request, problem, status === 401 ? { 'www-authenticate': 'Bearer' } : headers);
  }
  const detour = detourFor(request, type);
  if (detour !== null) {
    // Our own scripts must not take it for done, whatever they sent: a message would be lost.
    return wantsFragment(request)
      ? new Response(null, { status, headers: { 'hx-redirect': detour } })
      : seeOther(detour);
  }
  const shown = { status, type, requestId: requestIdOf(request) };
  const isAsked = request.method === 'GET';
  if (wantsFragment(request)) {
    return fragment(<ErrorPush {...shown} />, { status, headers });
  } else if (status === 401) {
    return seeOther(signInFor(request));
  } else {
    return page(<ErrorPage {...shown} isAsked={isAsked} display={readDisplay(request)} />, {
      status,
      headers,
    });
  }
}
