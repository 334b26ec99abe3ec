import type { Config } from '#src/config.ts';
import { isHttps } from '#src/http/headers.ts';

const NAME = 'oono-account';
const YEAR_S = 365 * 24 * 60 * 60;

/** The account that was used last in this browser, or null. It opens nothing: only its own people are let in. */
export function readAccountCookie(request: Request): number | null {
  const pairs = (request.headers.get('cookie') ?? '').split(';').map((pair) => pair.trim());
  const value = pairs.find((pair) => pair.startsWith(`${NAME}=`))?.slice(NAME.length + 1) ?? '';
  return /^[1-9]\d{0,15}$/.test(value) ? Number(value) : null;
}

/** The Set-Cookie value that remembers it beyond a sign-out. */
export function accountCookie(accountId: number, config: Pick<Config, 'url'>): string {
  const secure = isHttps(config) ? '; Secure' : '';
  return `${NAME}=${accountId}; Path=/; Max-Age=${YEAR_S}; HttpOnly; SameSite=Lax${secure}`;
}
