import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

type Options = { status?: number; headers?: HeadersInit };

/** A whole page. Nothing of it is kept by the browser: it shows what customers wrote. */
export function page(view: VNode, options: Options = {}): Response {
  return html(`<!doctype html>${renderToString(view)}`, options);
}

/** Parts of a page, for htmx. */
export function fragment(view: VNode | VNode[], options: Options = {}): Response {
  return html(
    [view]
      .flat()
      .map((part) => renderToString(part))
      .join(''),
    options,
  );
}

/** The text of a live push. */
export const renderPush = (views: VNode[]): string => views.map((view) => renderToString(view)).join('');

/** Whether htmx asked; a restored history entry is a page again. */
export const wantsFragment = (request: Request): boolean =>
  request.headers.get('hx-request') === 'true' &&
  request.headers.get('hx-history-restore-request') !== 'true';

function html(body: string, { status = 200, headers }: Options): Response {
  const all = new Headers(headers);
  all.set('content-type', 'text/html; charset=utf-8');
  all.set('cache-control', 'private, no-store');
  all.append('vary', 'HX-Request');
  return new Response(body, { status, headers: all });
}
