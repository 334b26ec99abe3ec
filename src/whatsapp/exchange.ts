import type { Logger } from '#src/log.ts';
import type { Fetch } from './connections.ts';
import { type Failure, failureOf } from './failure.ts';
import { parseLossless } from './json.ts';
import { restOf } from './usage.ts';

/** What the Graph API answered. `json` is undefined when the body could not be read as JSON. */
export type Answer = {
  kind: 'answer';
  status: number;
  json: unknown;
  retryAfterMs: number | null;
  /** How long Meta wants silence after it, ms, also after what it took. */
  restMs?: number | null;
};

/** A body as it is sent: JSON from an object, or a stream of a known length. */
export type Content = { type: string; bytes?: number; body: string | AsyncIterable<Uint8Array> };

export type Call = {
  token: string;
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  body?: object;
  /** Instead of `body`. */
  content?: Content;
  /** Instead of the usual time limit. */
  signal?: AbortSignal;
  /** Ends it early, beside the time limit. */
  stopping?: AbortSignal | undefined;
  /** Instead of the usual limit of what is read of an answer. */
  mostBytes?: number;
};
export type Exchange = (call: Call) => Promise<Answer | Failure>;

const MAX_ANSWER_BYTES = 256 * 1024;
const JSON_TYPE = 'application/json';

/**
 * One request to the Graph API: only to `graphUrl`'s origin, never along a redirect, within `timeoutMs` in all.
 * Never throws, and sends a POST once: Bun repeats only a GET when a reused connection breaks.
 */
export function createExchange(options: {
  graphUrl: string;
  timeoutMs: number;
  fetch: Fetch;
  log: Logger;
}): Exchange {
  const { graphUrl, timeoutMs, fetch, log } = options;
  const { origin } = new URL(graphUrl);

  return async ({ token, method, path, body, content = jsonOf(body), mostBytes, ...limits }) => {
    const headers = authorize(token);
    if (!URL.canParse(path, origin) || new URL(path, origin).href !== origin + path) {
      return { kind: 'not-sent', why: 'the address leads away from where it should' };
    } else if (headers === null) {
      return NO_TOKEN;
    }
    headers.set('content-type', content?.type ?? JSON_TYPE);
    if (content?.bytes !== undefined) {
      // With it Bun sends a stream as it is, and in chunks without.
      headers.set('content-length', String(content.bytes));
    }
    try {
      const response = await fetch(origin + path, {
        method,
        headers,
        redirect: 'error',
        signal: endOf(limits, timeoutMs),
        // Bun takes whatever can be iterated; the types are a browser's.
        ...(content === undefined ? {} : { body: content.body as BodyInit }),
      });
      return await readAnswer(response, mostBytes);
    } catch (error) {
      const failure = failureOf(error);
      log.warn({ method, outcome: failure.kind, why: failure.why }, 'The Graph API did not answer');
      return failure;
    }
  };
}

function endOf({ signal, stopping }: Pick<Call, 'signal' | 'stopping'>, timeoutMs: number): AbortSignal {
  const end = signal ?? AbortSignal.timeout(timeoutMs);
  return stopping === undefined ? end : AbortSignal.any([end, stopping]);
}

export const NO_TOKEN: Failure = {
  kind: 'not-sent',
  why: 'the access token holds characters that no token has',
};

/** Null for a token that no header may hold; the error that says so would quote it. */
export function authorize(token: string): Headers | null {
  return /^[\x21-\x7e]+$/.test(token) ? new Headers({ authorization: `Bearer ${token}` }) : null;
}

function jsonOf(body: object | undefined): Content | undefined {
  return body === undefined ? undefined : { type: JSON_TYPE, body: JSON.stringify(body) };
}

async function readAnswer(response: Response, mostBytes = MAX_ANSWER_BYTES): Promise<Answer> {
  return {
    kind: 'answer',
    status: response.status,
    json: parse(await readCapped(response, mostBytes)),
    retryAfterMs: secondsToMs(response.headers.get('retry-after')),
    restMs: restOf(response.headers),
  };
}

/** The body as text, or '' when it is longer than any answer of Meta's. */
async function readCapped(response: Response, mostBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > mostBytes) {
      return '';
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string): unknown {
  try {
    return parseLossless(text);
  } catch {
    return undefined;
  }
}

export function secondsToMs(header: string | null): number | null {
  return header !== null && /^\d{1,6}$/.test(header) ? Number(header) * 1000 : null;
}
