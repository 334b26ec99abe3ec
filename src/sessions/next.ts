import { targetOf } from '#src/http/target.ts';

const HERE = 'http://localhost';
const LONGEST = 512;

/** Where to go after signing in: a page of ours, or the start. An address elsewhere is never taken. */
export function readNext(next: string | null | undefined): string {
  if (!next?.startsWith('/') || next.length > LONGEST || !URL.canParse(next, HERE)) {
    return '/';
  }
  const url = new URL(next, HERE);
  const isOurs = url.origin === HERE && !url.pathname.startsWith('//') && !url.pathname.startsWith('/login');
  return isOurs ? `${url.pathname}${url.search}` : '/';
}

/** The sign-in page that leads back to where a request wanted to go. */
export function signInFor(request: Request): string {
  const next = request.method === 'GET' ? readNext(targetOf(request)) : '/';
  return next === '/' ? '/login' : `/login?next=${encodeURIComponent(next)}`;
}
