import { Elysia } from 'elysia';
import favicon from '../../static/icons/favicon.svg' with { type: 'text' };
import { ownModules, vendored } from '../../static/js/sources.js';
import { stylesheet } from './stylesheet.ts';

type Asset = { type: string; bytes: Uint8Array<ArrayBuffer>; gzipped: Uint8Array<ArrayBuffer>; hash: string };

const javascript = 'text/javascript; charset=utf-8';

const files = {
  'app.css': asset('text/css; charset=utf-8', stylesheet),
  'app.js': asset(javascript, ownModules.map((text) => `{\n${text}}\n`).join('')),
  'htmx.js': asset(javascript, vendored.join('\n;\n')),
  'favicon.svg': asset('image/svg+xml', favicon),
};
export type AssetName = keyof typeof files;

/** The address of a file of ours; it changes with the content, so that browsers keep it for good. */
export const assetUrl = (name: AssetName): string => `/assets/${files[name].hash}/${name}`;

export const assets = new Elysia({ name: 'assets' })
  .get('/assets/:hash/:name', ({ params, request }) => serve(request, params.name, params.hash))
  .get('/favicon.ico', ({ request }) => serve(request, 'favicon.svg', files['favicon.svg'].hash));

function asset(type: string, text: string): Asset {
  const bytes = new TextEncoder().encode(text);
  const hash = new Bun.CryptoHasher('sha256').update(bytes).digest('hex').slice(0, 16);
  return { type, bytes, gzipped: Bun.gzipSync(bytes, { level: 9 }), hash };
}

/** An address of another version is not answered: its content would be kept under the wrong name. */
function serve(request: Request, name: string, hash: string): Response {
  const file = Object.entries(files).find(([known, { hash: ours }]) => known === name && ours === hash)?.[1];
  if (file === undefined) {
    return new Response('Not found', { status: 404, headers: { 'cache-control': 'no-store' } });
  }
  const takesGzip = /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '');
  return new Response(takesGzip ? file.gzipped : file.bytes, {
    headers: {
      'content-type': file.type,
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'Accept-Encoding',
      ...(takesGzip ? { 'content-encoding': 'gzip' } : {}),
    },
  });
}
