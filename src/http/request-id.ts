import { randomBytes } from 'node:crypto';

const ids = new WeakMap<Request, string>();

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
