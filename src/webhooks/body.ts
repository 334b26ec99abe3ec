export const LARGEST_WEBHOOK = 4 * 1024 * 1024;
export const SLOWEST_BODY_MS = 30_000;

export type Body = { kind: 'read'; bytes: Uint8Array } | { kind: 'too-large' | 'too-slow' | 'broken-off' };

type Limits = { limit?: number; withinMs?: number };

/** Whether the declared length is too large: asked before a byte is read. */
export function isDeclaredTooLarge(request: Request, limit = LARGEST_WEBHOOK): boolean {
  const declared = request.headers.get('content-length');
  return declared !== null && Number(declared) > limit;
}

/** As many as it declares, or as many as it may have. */
export function expectedBytes(request: Request): number {
  return Number(request.headers.get('content-length') ?? LARGEST_WEBHOOK);
}

/** Reads the raw bytes: at most `limit` of them, and for at most `withinMs`. */
export async function readBody(
  request: Request,
  { limit = LARGEST_WEBHOOK, withinMs = SLOWEST_BODY_MS }: Limits = {},
): Promise<Body> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<Body>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'too-slow' }), withinMs);
  });
  try {
    return await Promise.race([readWhole(request, limit), late]);
  } catch {
    return { kind: 'broken-off' };
  } finally {
    clearTimeout(timer);
  }
}

/** A declared length was compared with the limit before; only a body without one has to be counted as it comes. */
async function readWhole(request: Request, limit: number): Promise<Body> {
  if (request.headers.has('content-length')) {
    return { kind: 'read', bytes: new Uint8Array(await request.arrayBuffer()) };
  }
  const bytes = request.body ? await readCounting(request.body.getReader(), limit) : new Uint8Array();
  return bytes ? { kind: 'read', bytes } : { kind: 'too-large' };
}

async function readCounting(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  limit: number,
): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    length += chunk.value.byteLength;
    if (length > limit) {
      await reader.cancel();
      return null;
    }
    chunks.push(chunk.value);
  }
  return Buffer.concat(chunks, length);
}
