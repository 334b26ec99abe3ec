import { pause } from '../deliveries.ts';
import type { Fields } from '../fields.ts';
import { type Planned, takeTrouble } from '../trouble.ts';
import type { World } from '../world.ts';
import { addressOf } from './address.ts';
import { MOST } from './limits.ts';
import type { MediaFile } from './store.ts';

/** What goes wrong when the business asks what a file is and where. */
const OF_NODES = ['expired', 'elsewhere', 'wrong-hash', 'claims-too-large'] as const;
/** What goes wrong when it fetches a file from its address. */
const OF_DOWNLOADS = [
  'missing',
  'html',
  'another-file',
  'half',
  'cut-short',
  'trickle',
  'endless',
  'redirect',
] as const;

type OfNode = (typeof OF_NODES)[number];
type OfDownload = (typeof OF_DOWNLOADS)[number];

/**
 * - `expired`: the address that is given is over already
 * - `elsewhere`: the address is on another host, `to`
 * - `wrong-hash`: the SHA-256 that is told is another one
 * - `claims-too-large`: the size that is told is over 100 MB
 * - `missing`: the address answers 404
 * - `html`: a page of HTML instead of the file, with 200
 * - `another-file`: as many bytes, but others
 * - `half`: a whole answer with half of the bytes
 * - `cut-short`: the connection breaks after half of the bytes
 * - `trickle`: one byte every ten milliseconds
 * - `endless`: zeros without a length, until the reader goes away
 * - `redirect`: 302 to `to`
 */
export type Spoiling = OfNode | OfDownload;

export type SpoilOptions = {
  count?: number;
  phoneNumberId?: string;
  /** Where `elsewhere` and `redirect` lead; a host that does not exist unless told. */
  to?: string;
};

export type Spoiled = { how: Spoiling; to: string };

export function planSpoiling(how: Spoiling, options: SpoilOptions = {}): Planned<Spoiled> {
  const { count = 1, phoneNumberId = null, to = 'https://elsewhere.invalid/file' } = options;
  const on = OF_NODES.some((one) => one === how) ? 'media' : 'download';
  return { trouble: { how, to }, left: count, on, phoneNumberId, to: null };
}

/** What the node of this file says wrong, if it was planned. */
export function spoilNode(world: World, file: MediaFile): Fields {
  const spoiled = take(world, file, 'media');
  switch (spoiled?.how) {
    case 'expired':
      return { url: addressOf(world, file, world.now() - 1000) };
    case 'elsewhere':
      return { url: spoiled.to };
    case 'wrong-hash':
      return { sha256: new Bun.CryptoHasher('sha256').update('another file').digest('hex') };
    case 'claims-too-large':
      return { file_size: String(MOST + 1) };
    default:
      return {};
  }
}

/** The answer instead of the file, if one was planned. */
export function spoilDownload(world: World, file: MediaFile): Response | null {
  const spoiled = take(world, file, 'download');
  const { bytes, mime } = file;
  const half = bytes.slice(0, Math.ceil(bytes.length / 2));
  const headers = { 'content-type': mime };
  switch (spoiled?.how) {
    case 'missing':
      return new Response(null, { status: 404 });
    case 'html':
      return new Response('<!doctype html><title>Log in</title>', {
        headers: { 'content-type': 'text/html; charset=utf-8' },
      });
    case 'another-file':
      return new Response(
        bytes.map((byte) => byte ^ 0xff),
        { headers },
      );
    case 'half':
      return new Response(half, { headers });
    case 'cut-short':
      return new Response(cutAfter(half), { headers });
    case 'trickle':
      return new Response(trickle(world, bytes), { headers });
    case 'endless':
      return new Response(zeros(), { headers });
    case 'redirect':
      return new Response(null, { status: 302, headers: { location: spoiled.to } });
    default:
      return null;
  }
}

function take({ weather }: World, { phoneNumberId }: MediaFile, kind: 'media' | 'download'): Spoiled | null {
  return takeTrouble(weather.spoiled, { kind, phoneNumberId, to: null });
}

function cutAfter(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let isSent = false;
  return new ReadableStream({
    async pull(controller) {
      if (isSent) {
        // A turn later, or the bytes would not have left yet.
        await new Promise((resolve) => setImmediate(resolve));
        controller.error();
      } else {
        isSent = true;
        controller.enqueue(bytes);
      }
    },
  });
}

const BETWEEN_BYTES = 10;

function trickle(world: World, bytes: Uint8Array): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    async pull(controller) {
      await pause(world, BETWEEN_BYTES);
      if (at === bytes.length || world.stopping.signal.aborted) {
        controller.close();
      } else {
        controller.enqueue(bytes.slice(at, at + 1));
        at += 1;
      }
    },
  });
}

function zeros(): ReadableStream<Uint8Array> {
  return new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(64 * 1024)) });
}
