import { randomBytes } from 'node:crypto';

/** A body whose length is known before its first byte. */
export type Streamed = { type: string; bytes: number; body: AsyncIterable<Uint8Array> };

/** A file to be sent on: `mime` may have parameters. */
export type FilePart = { name: string; mime: string; bytes: number; body: AsyncIterable<Uint8Array> };

const OF_NO_KIND = 'application/octet-stream';

/**
 * A form (RFC 7578) of some short fields and one file, as a stream: a FormData would hold the file in memory. `body`
 * throws when the file is not as long as it says.
 */
export function multipart(fields: Readonly<Record<string, string>>, file: FilePart): Streamed {
  const boundary = `oonobox-${randomBytes(16).toString('hex')}`;
  const words = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const head = Buffer.from(
    `${words.join('')}--${boundary}\r\n` +
      `Content-Disposition: form-data; name="file"; filename="${quoted(file.name)}"\r\n` +
      `Content-Type: ${headerMime(file.mime)}\r\n\r\n`,
  );
  const foot = Buffer.from(`\r\n--${boundary}--\r\n`);
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    bytes: head.length + file.bytes + foot.length,
    body: between(head, file, foot),
  };
}

async function* between(head: Uint8Array, file: FilePart, foot: Uint8Array): AsyncGenerator<Uint8Array> {
  yield head;
  let bytes = 0;
  for await (const chunk of file.body) {
    bytes += chunk.length;
    yield chunk;
  }
  if (bytes !== file.bytes) {
    throw new Error(`a file of ${bytes} bytes was announced with ${file.bytes}`);
  }
  yield foot;
}

/** The three characters that would end the header, as browsers write them (HTML, “multipart form data”). */
function quoted(name: string): string {
  return name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** A MIME type as a header may hold it. */
export function headerMime(mime: string): string {
  return /^[\w.+-]+\/[\w.+-]+(?:; *[\w-]+=[\w."-]+)*$/.test(mime) ? mime : OF_NO_KIND;
}
