import { randomBytes } from 'node:crypto';

const ids = new WeakMap<Request, string>();

/** Long enough to be unique, and nothing that a log should not hold: a number alone could be somebody's phone. */
const WELL_FORMED = /^(?=.*[a-z])[a-z\d][a-z\d-]{7,63}$/i;
/** How Meta's access tokens begin. */
const TOKEN_LIKE = /^EAA/;

/** The id of this request: in its answer's `X-Request-Id`, on error pages and in every log line about it. */
export function requestIdOf(request: Request): string {
  const known = ids.get(request);
  if (known !== undefined) {
    return known;
  }
  const made = randomBytes(9).toString('base64url');
  ids.set(request, made);
  return made;
}

/** Takes over the id that a proxy of ours has given this request, so that both logs tell the same story. */
export function adoptRequestId(request: Request): void {
  const given = request.headers.get('x-request-id');
  if (given !== null && WELL_FORMED.test(given) && !TOKEN_LIKE.test(given)) {
    ids.set(request, given);
  }
}

/** For what is made out of a request and outlives it, such as what a socket proves itself with. */
export function passOnRequestId(from: Request, to: Request): Request {
  ids.set(to, requestIdOf(from));
  return to;
}
