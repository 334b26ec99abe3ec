import type { Config } from '#src/config.ts';
import { isHttps } from '#src/http/headers.ts';

/** `__Host-` makes browsers insist on https, this very host and the path `/`; plain-HTTP installs cannot have it. */
export function cookieName(config: Pick<Config, 'url'>): string {
  return isHttps(config) ? '__Host-oono' : 'oono';
}

/** The session token that came with a request, or null. */
export function readSessionCookie(request: Request, config: Pick<Config, 'url'>): string | null {
  const wanted = `${cookieName(config)}=`;
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
  const secure = isHttps(config) ? '; Secure' : '';
  return `${cookieName(config)}=${token}; Path=/; Max-Age=${Math.floor(maxAgeMs / 1000)}; HttpOnly; SameSite=Lax${secure}`;
}

/** The Set-Cookie value that takes it away again. */
export function endedCookie(config: Pick<Config, 'url'>): string {
  return sessionCookie('', 0, config);
}

/** 32 random bytes in base64url: anything else is not worth a look into the database. */
const TOKEN = /^[\w-]{43}$/;
