import type { Config } from '#src/config.ts';
import { pathOf } from './target.ts';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Callers there prove themselves by a signature or a key in a header, which no foreign page can send. */
const NOT_FROM_BROWSERS = /^\/(?:webhooks|api)(?:\/|$)/;

/** Whether a browser may have sent it, with a session: pages, forms and their parts. */
export function isFromBrowser(request: Request): boolean {
  return !NOT_FROM_BROWSERS.test(pathOf(request));
}

/** Whether this request could be one that a foreign page makes a signed-in browser send. */
export function isForgeable(request: Request, config: Pick<Config, 'url'>): boolean {
  return !SAFE_METHODS.has(request.method) && isFromBrowser(request) && !isSameOrigin(request, config);
}

/**
 * Whether a page of ours sent this request. The browser says so itself over https and on localhost
 * (Sec-Fetch-Site); elsewhere its Origin must be the public URL, or the host asked for when none is configured.
 * A request that says neither is not from a page of ours. Also for the handshake of a WebSocket.
 */
export function isSameOrigin(request: Request, { url }: Pick<Config, 'url'>): boolean {
  const site = request.headers.get('sec-fetch-site');
  if (site !== null) {
    return site === 'same-origin' || site === 'none';
  }
  const origin = request.headers.get('origin');
  if (origin === null || !URL.canParse(origin)) {
    return false;
  } else if (url !== null) {
    return origin === url;
  } else {
    return new URL(origin).host === request.headers.get('host');
  }
}
