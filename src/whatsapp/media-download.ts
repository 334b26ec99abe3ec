import { lookup } from 'node:dns/promises';
import type { Logger } from '#src/log.ts';
import type { Fetch } from './connections.ts';
import { authorize, NO_TOKEN, secondsToMs } from './exchange.ts';
import { failureOf } from './failure.ts';
import { type MediaAddress, mediaAddress } from './media-address.ts';
import { beginTransfer, type Patience, type Transfer } from './patience.ts';
import { isPublicAddress } from './public-address.ts';

export type Download =
  | {
      ok: true;
      /** To be read to its end or given up, at once. Throws `TransferFailed`. */
      body: AsyncGenerator<Uint8Array>;
      /** As announced, or null. */
      length: number | null;
    }
  | {
      ok: false;
      /** `expired`: ask for the address again. `refused-address`: nothing was asked there. */
      kind: 'expired' | 'refused-address' | 'failed';
      why: string;
      retryAfterMs: number | null;
    };

/** The line broke, or was too slow, after the answer had begun. */
export class TransferFailed extends Error {
  override name = 'TransferFailed';
}

export type DownloadParts = {
  graphUrl: string;
  fetch: Fetch;
  patience: Patience;
  log: Logger;
  /** All addresses of a host. */
  resolve?: (host: string) => Promise<string[]>;
};

/** What says that an address is not valid any more: Meta answers 404, its CDN 403 or 410, and a token it refuses 401. */
const EXPIRED = [401, 403, 404, 410];
const MOST_ADDRESSES = 3;

/**
 * Asks for a file, with the access token, only where Meta keeps media (`mediaAddress`); never along a redirect. A
 * media host's name is resolved here, every address has to be a public one, and the connection goes to the address that
 * was looked at: a name that is answered differently the next time (DNS rebinding) changes nothing. The certificate is
 * checked against the name all the same, before the token leaves.
 */
export async function download(
  parts: DownloadParts,
  token: string,
  address: string,
  signal?: AbortSignal,
): Promise<Download> {
  const where = mediaAddress(address, parts.graphUrl);
  const headers = authorize(token);
  if (where === null) {
    return refused('the address is not one of Meta’s');
  } else if (headers === null) {
    return failed(NO_TOKEN.why);
  }
  headers.set('accept-encoding', 'identity');
  const transfer = beginTransfer(parts.patience, signal);
  try {
    const response = await ask(parts, where, {
      headers,
      redirect: 'manual',
      decompress: false,
      signal: transfer.signal,
    });
    return response instanceof Response ? read(response, transfer) : response;
  } catch (error) {
    transfer.end();
    const { why } = failureOf(error);
    parts.log.warn({ why }, 'a media host did not answer');
    return failed(why);
  }
}

async function ask(
  parts: DownloadParts,
  { at, url }: MediaAddress,
  init: BunFetchRequestInit & { headers: Headers },
): Promise<Response | Download> {
  if (at === 'graph') {
    return parts.fetch(url.href, init);
  }
  const addresses = await (parts.resolve ?? resolve)(url.hostname);
  const [first, ...others] = addresses.slice(0, MOST_ADDRESSES);
  if (first === undefined || !addresses.every(isPublicAddress)) {
    return refused('the host’s name does not lead to a public address');
  }
  return fetchFrom(url, [first, ...others], init);
}

/**
 * As `fetch(url)`, but from the first of these addresses that can be reached (not every machine has a way to every one)
 * instead of what the name leads to. The certificate has to be the name's all the same.
 * `ca`: instead of the certificates that the machine trusts.
 */
export async function fetchFrom(
  url: URL,
  [first, ...others]: readonly [string, ...string[]],
  init: BunFetchRequestInit & { headers: Headers },
  ca?: string,
): Promise<Response> {
  const pinned = new URL(url);
  pinned.hostname = first.includes(':') ? `[${first}]` : first;
  init.headers.set('host', url.host);
  const tls = { serverName: url.hostname, ...(ca === undefined ? {} : { ca }) };
  try {
    return await fetch(pinned.href, { ...init, tls, keepalive: false });
  } catch (error) {
    const [next, ...rest] = others;
    if (next === undefined || init.signal?.aborted) {
      throw error;
    }
    return fetchFrom(url, [next, ...rest], init, ca);
  }
}

async function resolve(host: string): Promise<string[]> {
  const found = await lookup(host, { all: true });
  return found.map(({ address }) => address);
}

function read(response: Response, transfer: Transfer): Download {
  const { status, headers, body } = response;
  if (status === 200 && body !== null) {
    return { ok: true, body: chunks(body, transfer), length: lengthOf(headers) };
  }
  transfer.end();
  void body?.cancel().catch(() => {});
  const why = `the answer was HTTP ${status}`;
  return EXPIRED.includes(status)
    ? { ok: false, kind: 'expired', why, retryAfterMs: null }
    : failed(why, secondsToMs(headers.get('retry-after')));
}

async function* chunks(body: ReadableStream<Uint8Array>, transfer: Transfer): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (let next = await readNext(reader); next !== null; next = await readNext(reader)) {
      transfer.moved(next.length);
      yield next;
    }
  } finally {
    transfer.end();
    await reader.cancel().catch(() => {});
  }
}

async function readNext(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Uint8Array | null> {
  try {
    const { value } = await reader.read();
    return value ?? null;
  } catch (error) {
    throw new TransferFailed(failureOf(error).why);
  }
}

function lengthOf(headers: Headers): number | null {
  const length = headers.get('content-length') ?? '';
  return /^\d{1,15}$/.test(length) ? Number(length) : null;
}

function refused(why: string): Download {
  return { ok: false, kind: 'refused-address', why, retryAfterMs: null };
}

function failed(why: string, retryAfterMs: number | null = null): Download {
  return { ok: false, kind: 'failed', why, retryAfterMs };
}
