import { Problem } from '#src/errors.ts';

const WAYS = ['text', 'json', 'formData', 'arrayBuffer', 'bytes', 'blob'] as const;

/**
 * Reads a body whose length nobody announced into memory, so that it can be counted on the way; whoever reads the request
 * afterwards gets it from there. Resolves to false when it has more than `most` bytes, of which the rest is not read.
 * Throws `Problem` 400 for one that breaks off.
 */
export async function takeChunkedBody(request: Request, most: number): Promise<boolean> {
  const pieces = await gather(request.body, most).catch(() => {
    throw new Problem(400, 'broken-off', 'The body broke off', 'Nothing was changed. Send it again.');
  });
  if (pieces === null) {
    return false;
  }
  const headers = { 'content-type': request.headers.get('content-type') ?? '' };
  const taken = new Response(Buffer.concat(pieces), { headers });
  for (const way of WAYS) {
    Object.defineProperty(request, way, { configurable: true, value: () => taken[way]() });
  }
  return true;
}

async function gather(body: ReadableStream<Uint8Array> | null, most: number): Promise<Uint8Array[] | null> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of body ?? []) {
    length += piece.length;
    if (length > most) {
      return null;
    }
    pieces.push(piece);
  }
  return pieces;
}
