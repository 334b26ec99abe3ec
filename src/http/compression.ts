import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { Elysia } from 'elysia';
import type { Config } from '#src/config.ts';
import { type Encoding, encodingFor } from './encoding.ts';
import { isHttps } from './headers.ts';
import { isSameOrigin } from './same-origin.ts';

/** Below this the answer fits into one packet anyway. */
const WORTH_IT = 1024;

/** About a millisecond for a page; the highest qualities take fifty times as long for a tenth less. */
const BROTLI_QUALITY = 6;
/** Brotli looks back 2 to this many bytes: more than a page. Its usual 4 MiB takes longer to make ready. */
const BROTLI_WINDOW = 18;
const GZIP_LEVEL = 6;

const toBrotli = promisify(brotliCompress);

type Settings = Pick<Config, 'url'>;

/**
 * Makes the HTML of every answer small for a browser that says it can read that.
 *
 * A page shows what one customer wrote beside what others did, so its compressed length says something about both
 * (BREACH). To learn from it, somebody on the line has to make the browser of an agent load the page again and again
 * with another guess in it. Over https, only what our own pages or the agent asked for is therefore compressed;
 * what another site set off is as long as it is. Over plain http who listens reads the page itself.
 */
export const compression = (config: Settings) =>
  new Elysia({ name: 'compression' }).mapResponse({ as: 'global' }, ({ response, request }) =>
    response instanceof Response && isHtml(response) ? compressed(response, request, config) : undefined,
  );

function isHtml({ headers }: Response): boolean {
  return (headers.get('content-type') ?? '').startsWith('text/html') && !headers.has('content-encoding');
}

async function compressed(response: Response, request: Request, config: Settings): Promise<Response> {
  const headers = new Headers(response.headers);
  headers.append('vary', 'Accept-Encoding, Sec-Fetch-Site');
  const body = new Uint8Array(await response.arrayBuffer());
  const encoding = encodingFor(request.headers.get('accept-encoding'));
  const { status } = response;
  if (encoding === null || body.length < WORTH_IT || mayBeGuessing(request, config)) {
    return new Response(body, { status, headers });
  }
  headers.set('content-encoding', encoding);
  return new Response(await squeeze(body, encoding), { status, headers });
}

/** Gzip is done here: to hand it to another thread and back would take this one as long. */
async function squeeze(body: Uint8Array<ArrayBuffer>, encoding: Encoding): Promise<Uint8Array<ArrayBuffer>> {
  return encoding === 'br'
    ? await toBrotli(body, {
        params: {
          [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
          [constants.BROTLI_PARAM_LGWIN]: BROTLI_WINDOW,
          [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
        },
      })
    : Bun.gzipSync(body, { level: GZIP_LEVEL, library: 'libdeflate' });
}

/** Browsers too old to say who set a request off count as guessing. */
function mayBeGuessing(request: Request, config: Settings): boolean {
  return isHttps(config) && !isSameOrigin(request, config);
}
