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

/**
 * Where a page leads that was refused only for now, or null: to prove who one is, and back to the page it was asked
 * from; or to set up the second factor that is missing.
 */
export function detourFor(request: Request, type: string): string | null {
  if (type === 'second-factor-missing') {
    return '/me/second-factor';
  } else if (type !== 'proof-needed') {
    return null;
  }
  const isAsked = request.method === 'GET';
  const next = isAsked ? readNext(targetOf(request)) : pageOf(request);
  return `/me/proof?next=${encodeURIComponent(next)}${isAsked ? '' : '&again=1'}`;
}

/** The page of ours that a form was sent from, as the browser says. */
function pageOf(request: Request): string {
  const said = request.headers.get('hx-current-url') ?? request.headers.get('referer') ?? '';
  if (!URL.canParse(said)) {
    return '/';
  }
  const { pathname, search } = new URL(said);
  return pathname.startsWith('/me/proof') ? '/' : readNext(pathname + search);
}
