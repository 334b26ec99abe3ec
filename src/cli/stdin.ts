import { UsageError } from './usage-error.ts';

const MOST_BYTES = 1024 * 1024;

/** Reads the JSON object a command takes. Secrets come this way because a process list shows arguments to everyone. */
export async function readJson(
  shape: string,
  input: ReadableStream<Uint8Array> = Bun.stdin.stream(),
): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of input) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) {
      throw new UsageError(`stdin is over ${MOST_BYTES} bytes: give ${shape}`);
    }
    chunks.push(chunk);
  }
  return parseObject(new TextDecoder().decode(Buffer.concat(chunks)), shape);
}

function parseObject(text: string, shape: string): unknown {
  const value = parsed(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UsageError(`stdin is not a JSON object: give ${shape}`);
  }
  return value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text, (key, value) => (key === '__proto__' ? undefined : value));
  } catch {
    return null;
  }
}
