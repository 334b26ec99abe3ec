import type { Config } from '#src/config.ts';
import { seeOther } from '#src/http/see-other.ts';
import { sessionCookie } from './cookie.ts';
import { ABSOLUTE_MS } from './limits.ts';

/** The answer that gives a browser its new session and sends it on. */
export function signedIn(token: string, next: string, config: Pick<Config, 'url'>): Response {
  return seeOther(next, { 'set-cookie': sessionCookie(token, ABSOLUTE_MS, config) });
}
