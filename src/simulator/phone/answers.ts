import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

export class NotFound extends Error {}

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "media-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': POLICY,
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
};

export function html(page: VNode): Response {
  return new Response(`<!doctype html>${renderToString(page)}`, {
    headers: { ...HEADERS, 'content-type': 'text/html; charset=utf-8' },
  });
}

export function plain(status: number, text: string): Response {
  return new Response(text, { status, headers: { ...HEADERS, 'content-type': 'text/plain; charset=utf-8' } });
}

export function seeOther(path: string): Response {
  return new Response(null, { status: 303, headers: { ...HEADERS, location: path } });
}
