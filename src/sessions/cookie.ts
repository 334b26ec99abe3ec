import type { Config } from '#src/config.ts';
import { isHttps } from '#src/http/headers.ts';

/** `__Host-` makes browsers insist on https, this very host and the path `/`; plain-HTTP installs cannot have it. */
export function cookieName(config: Pick<Config, 'url'>): string {
  return isHttps(config) ? '__Host-oono' : 'oono';
}

/** Cookies beside the session's: of a sign-in that is half done, and of a browser that was signed in with before. */
export type SideCookie = 'step' | 'device';

/** The session token that came with a request, or null. */
export function readSessionCookie(request: Request, config: Pick<Config, 'url'>): string | null {
  return readToken(request, cookieName(config));
}

/** The token in a cookie beside the session's, or null. */
export function readSideCookie(
  request: Request,
  name: SideCookie,
  config: Pick<Config, 'url'>,
): string | null {
  return readToken(request, `${cookieName(config)}-${name}`);
}

function readToken(request: Request, name: string): string | null {
  const wanted = `${name}=`;
  for (const pair of (request.headers.get('cookie') ?? '').split(';')) {
    const value = pair.trim().startsWith(wanted) ? pair.trim().slice(wanted.length) : '';
    if (TOKEN.test(value)) {
      return value;
    }
  }
  return null;
}

/** The Set-Cookie value that gives a browser its session. */
export function sessionCookie(token: string, maxAgeMs: number, config: Pick<Config, 'url'>): string {
  return setCookie(cookieName(config), token, maxAgeMs, 'Lax', config);
}

/** The Set-Cookie value of a cookie beside the session's; without a token it is taken away. */
export function sideCookie(
  name: SideCookie,
  token: string | null,
  maxAgeMs: number,
  config: Pick<Config, 'url'>,
): string {
  const site = name === 'step' ? 'Strict' : 'Lax';
  return setCookie(`${cookieName(config)}-${name}`, token ?? '', token === null ? 0 : maxAgeMs, site, config);
}

function setCookie(
  name: string,
  value: string,
  maxAgeMs: number,
  site: 'Lax' | 'Strict',
  config: Pick<Config, 'url'>,
): string {
  const secure = isHttps(config) ? '; Secure' : '';
  return `${name}=${value}; Path=/; Max-Age=${Math.floor(maxAgeMs / 1000)}; HttpOnly; SameSite=${site}${secure}`;
}

/** The Set-Cookie value that takes it away again. */
export function endedCookie(config: Pick<Config, 'url'>): string {
  return sessionCookie('', 0, config);
}

/** 32 random bytes in base64url: anything else is not worth a look into the database. */
const TOKEN = /^[\w-]{43}$/;
