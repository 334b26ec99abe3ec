import type { Config } from '#src/config.ts';
import { Problem } from '#src/errors.ts';
import { takeChunkedBody } from './chunked-body.ts';
import { addressGroup, clientAddressOf } from './client-address.ts';
import { createSlots, type Slot } from './reading-slots.ts';
import { pathOf } from './target.ts';

/** The server's own last limit: the largest file that can be sent, and what a form puts around it. */
export const LARGEST_BODY = 101 * 1024 * 1024;
const LARGEST_PICTURE = 5 * 1024 * 1024;
/** Forms and API bodies are text a person typed; webhooks have a limit of their own. */
const LARGEST_TYPED = 1024 * 1024;
/** The one form that takes a file: a picture of oneself. */
const PICTURE = '/me/picture';
/** These read their bodies piece by piece, under limits of their own. */
const STREAMED = [
  /^\/(?:webhooks\/.*|api\/v1\/media)$/,
  /^\/conversations\/\d+\/(?:files|templates\/\d+\/messages|messages\/\w+(?:\/preview)?)$/,
];
/** Of this size there may be as many as there are connections. */
const SMALL = 16 * 1024;
const PLACES = { places: 8, line: 32, lineBytes: 16 * 1024 * 1024 };

type Server = Parameters<ReturnType<typeof clientAddressOf>>[1];

/** Lets the bodies of forms and of the API in. */
export type LargeBodies = {
  /** Resolves when this one may be read. Throws `Problem` 413 for too large a one, and 503 when there are too many. */
  admit(request: Request, server: Server): Promise<void>;
  /** It is here, or will never be. */
  done(request: Request): void;
};

/**
 * A body is in memory from its first byte on, before anybody knows who sends it, and may take a minute to arrive. So
 * only a few large ones from one address are under way at once; the others wait.
 */
export function createLargeBodies(config: Pick<Config, 'trustedProxies'>): LargeBodies {
  const slots = createSlots(PLACES);
  const taken = new WeakMap<Request, Slot>();
  const addressOf = clientAddressOf(config);

  return {
    async admit(request, server) {
      const path = pathOf(request);
      const most = path === PICTURE ? LARGEST_PICTURE : LARGEST_TYPED;
      const isChunked = request.headers.has('transfer-encoding');
      const declared = Number(request.headers.get('content-length') ?? 0);
      const bytes = isChunked ? most : declared;
      if (bytes <= SMALL || STREAMED.some((one) => one.test(path))) {
        return;
      } else if (declared > most) {
        throw tooLarge();
      }
      const slot = await slots.enter(addressGroup(addressOf(request, server)), bytes);
      if (!slot) {
        throw new Problem(503, 'busy', 'Too much at once', 'Nothing was changed. Send it again in a minute.');
      }
      taken.set(request, slot);
      request.signal.addEventListener('abort', slot.leave);
      if (isChunked && !(await takeChunkedBody(request, most))) {
        throw tooLarge();
      }
    },
    done(request) {
      taken.get(request)?.leave();
    },
  };
}

const tooLarge = () =>
  new Problem(413, 'too-large', 'The body is too large', 'Nothing was changed. Send less at once.');
