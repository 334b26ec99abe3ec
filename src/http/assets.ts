import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { Elysia } from 'elysia';
import favicon from '../../static/icons/favicon.svg' with { type: 'text' };
import faviconWaiting from '../../static/icons/favicon-waiting.svg' with { type: 'text' };
import { type Encoding, encodingFor } from './encoding.ts';
import {
  lightboxScript,
  mediabunnyScript,
  ownScript,
  passkeyScript,
  pickerScript,
  playerScript,
  searchScript,
  trayScript,
  unsentScript,
  vendoredScript,
} from './scripts.ts';
import {
  mediaStylesheet,
  pagesStylesheet,
  pickerStylesheet,
  stylesheet,
  trayStylesheet,
} from './stylesheet.ts';
import { trayDocument } from './tray.tsx';

type Bytes = Uint8Array<ArrayBuffer>;
type Asset = { type: string; hash: string } & Record<Encoding | 'plain', () => Bytes | Promise<Bytes>>;

const javascript = 'text/javascript; charset=utf-8';
const AFTER_START_MS = 250;

const css = 'text/css; charset=utf-8';

/** What is loaded with the first file or recording; its document names the other two. */
const tray = {
  'tray.css': asset(css, trayStylesheet),
  'tray.js': asset(javascript, trayScript),
  'mediabunny.js': asset(javascript, mediabunnyScript, onceAsked),
};

const files = {
  'app.css': asset(css, stylesheet),
  'pages.css': asset(css, pagesStylesheet),
  'media.css': asset(css, mediaStylesheet),
  'app.js': asset(javascript, ownScript),
  'htmx.js': asset(javascript, vendoredScript),
  'passkey.js': asset(javascript, passkeyScript),
  'unsent.js': asset(javascript, unsentScript),
  'search.js': asset(javascript, searchScript),
  'player.js': asset(javascript, playerScript),
  'lightbox.js': asset(javascript, lightboxScript),
  ...tray,
  'tray.html': asset(
    'text/html; charset=utf-8',
    trayDocument({
      stylesheet: addressOf('tray.css', tray['tray.css']),
      mediabunny: addressOf('mediabunny.js', tray['mediabunny.js']),
    }),
  ),
  'picker.css': asset(css, pickerStylesheet),
  'picker.js': asset(javascript, pickerScript),
  'favicon.svg': asset('image/svg+xml', favicon),
  'favicon-waiting.svg': asset('image/svg+xml', faviconWaiting),
};
export type AssetName = keyof typeof files;

/** The address of a file of ours; it changes with the content, so that browsers keep it for good. */
export const assetUrl = (name: AssetName): string => addressOf(name, files[name]);

export const assets = new Elysia({ name: 'assets' })
  .get('/assets/:hash/:name', ({ params, request }) => serve(request, params.name, params.hash))
  .get('/favicon.ico', ({ request }) => serve(request, 'favicon.svg', files['favicon.svg'].hash));

function addressOf(name: string, { hash }: Asset): string {
  return `/assets/${hash}/${name}`;
}

function asset(type: string, text: string, once = onceAfterStart): Asset {
  const plain = new TextEncoder().encode(text);
  const hash = new Bun.CryptoHasher('sha256').update(plain).digest('hex').slice(0, 16);
  return {
    type,
    hash,
    plain: () => plain,
    // Smaller by a twentieth than the fastest way, and some hundredths of a second: browsers ask for it over plain http.
    gzip: onceAsked(() => Bun.gzipSync(plain, { level: 10, library: 'libdeflate' })),
    br: once(() => brotli(plain)),
  };
}

/** Made once, for what few people ever load. */
function onceAsked<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Made once: soon, but not while the program is starting, or earlier when somebody asks for it. */
function onceAfterStart<T>(make: () => T): () => T {
  const get = onceAsked(make);
  setTimeout(get, AFTER_START_MS).unref();
  return get;
}

/** The best there is takes a tenth of a second: on another thread. */
function brotli(plain: Bytes): Promise<Bytes> {
  return promisify(brotliCompress)(plain, {
    params: { [constants.BROTLI_PARAM_SIZE_HINT]: plain.length },
  });
}

/** An address of another version is not answered: its content would be kept under the wrong name. */
async function serve(request: Request, name: string, hash: string): Promise<Response> {
  const file = Object.entries(files).find(([known, { hash: ours }]) => known === name && ours === hash)?.[1];
  if (file === undefined) {
    return new Response('Not found', { status: 404, headers: { 'cache-control': 'no-store' } });
  }
  const encoding = encodingFor(request.headers.get('accept-encoding'));
  return new Response(await file[encoding ?? 'plain'](), {
    headers: {
      'content-type': file.type,
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'Accept-Encoding',
      ...(encoding === null ? {} : { 'content-encoding': encoding }),
    },
  });
}
