import type { Inbox } from '#src/db/inbox.ts';
import { DamagedFile, MissingFile, Problem } from '#src/errors.ts';
import type { Services } from '#src/services.ts';
import { downloadName } from './file-name.ts';
import { kindOf } from './kind.ts';
import type { FileRow } from './load-files.ts';
import { bodyOf } from './serve-body.ts';
import { disposition } from './serve-disposition.ts';
import { type Part, readRange } from './serve-range.ts';
import type { Kept } from './vault/vault.ts';

export type ServeServices = Pick<Services, 'accounts' | 'vault' | 'log'>;

/** How long a browser may show a file again without asking, in seconds: it never changes, but may be erased. */
const FILE_KEPT_S = 60 * 60;

type Asked = {
  request: Request;
  accountId: number;
  /** The row to serve; throws unless the viewer may see it. */
  find: (inbox: Inbox) => Promise<FileRow>;
  /** How long a browser may keep it, in seconds. A sign-out empties its cache. */
  keptFor?: number;
  /** To be kept, not shown. */
  isDownload?: boolean;
};

/**
 * A stored file as a response: whole or a part of it (RFC 9110, sections 13 and 14), decrypted as it is read and never
 * held. The first chunk is read before the head of the answer goes, so that what is damaged from the start is an error
 * and not half an answer. Throws `Problem` 404 while it is not stored, and 500 if the vault has damaged or lost it.
 */
export function serveFile(services: ServeServices, asked: Asked): Promise<Response> {
  const { request, accountId, find } = asked;
  return services.accounts.use(accountId, async (inbox) => {
    const row = await find(inbox);
    const file = mustBeStored(row);
    const headers = headersOf(row, asked);
    if (isKnown(request, headers.etag)) {
      return new Response(null, { status: 304, headers });
    }
    const part = readRange(rangeOf(request, headers.etag), file.bytes);
    if (part === 'beyond') {
      const beyond = { ...headers, 'content-range': `bytes */${file.bytes}` };
      return new Response(null, { status: 416, headers: beyond });
    }
    const { start, end } = part === 'whole' ? { start: 0, end: file.bytes - 1 } : part;
    const head: ResponseInit =
      part === 'whole'
        ? { headers }
        : { status: 206, headers: { ...headers, 'content-range': `bytes ${start}-${end}/${file.bytes}` } };
    const length = end - start + 1;
    if (request.method === 'HEAD') {
      return new Response(null, { ...head, headers: { ...head.headers, 'content-length': String(length) } });
    }
    return new Response(await read(services, inbox, file, part), head);
  });
}

/** Fetched, and whole. */
function mustBeStored({ id, state, path, wrappedKey, bytes }: FileRow): Kept {
  if (state !== 'stored' || path === null || wrappedKey === null || bytes === null) {
    throw new Problem(
      404,
      'media-not-stored',
      'The file is not stored',
      `File ${id} is known, but it has not been fetched from WhatsApp.`,
    );
  }
  return { id, path, wrappedKey, bytes };
}

/** What browsers may do with it: show it only if its bytes are of a kind that runs nothing, and nothing beyond. */
function headersOf(file: FileRow, { keptFor = FILE_KEPT_S, isDownload = false }: Asked) {
  const isShown = kindOf(file.sniffed) !== 'file';
  return {
    'content-type': (isShown && file.sniffed) || 'application/octet-stream',
    'content-disposition': disposition(isShown && !isDownload ? 'inline' : 'attachment', downloadName(file)),
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': `private, max-age=${keptFor}, immutable`,
    vary: 'Cookie, Authorization',
    etag: `"${file.sha256 ?? file.id}"`,
    'accept-ranges': 'bytes',
  };
}

function isKnown(request: Request, etag: string): boolean {
  const known = (request.headers.get('if-none-match') ?? '').split(',').map((tag) => tag.trim());
  return known.some((tag) => tag === '*' || tag.replace(/^W\//, '') === etag);
}

/** A part is of use only beside the rest of the same bytes; there is no date to compare. */
function rangeOf({ headers }: Request, etag: string): string | null {
  const condition = headers.get('if-range');
  return condition === null || condition === etag ? headers.get('range') : null;
}

/** What fits into one chunk goes with its length; Bun sends streams without one. */
async function read({ vault, log }: ServeServices, inbox: Inbox, file: Kept, part: Part | 'whole') {
  const chunks = vault.read(inbox, file, part === 'whole' ? undefined : part);
  const length = part === 'whole' ? file.bytes : part.end - part.start + 1;
  const first = await firstOf(chunks, file.id);
  if (first.length === length) {
    await chunks.return();
    return new Uint8Array(first);
  }
  return bodyOf(first, chunks, (err) =>
    log.error({ account: inbox.accountId, file: file.id, err }, 'a file broke off while it was sent'),
  );
}

async function firstOf(chunks: AsyncGenerator<Uint8Array, void, void>, fileId: number): Promise<Uint8Array> {
  try {
    const { done, value } = await chunks.next();
    return done ? new Uint8Array() : value;
  } catch (error) {
    throw error instanceof DamagedFile || error instanceof MissingFile ? damaged(fileId, error) : error;
  }
}

function damaged(fileId: number, { message }: Error): Problem {
  return new Problem(
    500,
    'media-damaged',
    'The file is damaged',
    `File ${fileId} is no longer on the server as it was stored (${message}). Nothing of it was sent. Whoever runs the server can put it back from a backup.`,
  );
}
