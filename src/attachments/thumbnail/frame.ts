/**
 * What a frame says: a picture to shrink, whole or to a square, or to encode anew for sending; or in answer ready, done,
 * refused (a reason), unusable (a reason).
 */
const KINDS = ['shrink', 'ready', 'done', 'refused', 'unusable', 'square', 'encode'] as const;
export type Frame = { kind: (typeof KINDS)[number]; payload: Uint8Array };

const HEADER_BYTES = 1 + 4;

/** Layout: kind (1 byte), length of the payload (4 bytes, big endian), payload. */
export function writeFrame({ kind, payload }: Frame): Uint8Array {
  const bytes = Buffer.alloc(HEADER_BYTES + payload.length);
  bytes.writeUInt8(KINDS.indexOf(kind), 0);
  bytes.writeUInt32BE(payload.length, 1);
  bytes.set(payload, HEADER_BYTES);
  return bytes;
}

/** The frames in a stream of bytes, however it is cut. Throws at an unknown kind or a payload beyond `most` bytes. */
export async function* readFrames(
  stream: AsyncIterable<Uint8Array>,
  most: number,
): AsyncGenerator<Frame, void, void> {
  let chunks: Uint8Array[] = [];
  let held = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    held += chunk.length;
    let wanted = wantedBytes(chunks, held, most);
    while (held >= wanted) {
      const bytes = Buffer.concat(chunks);
      const kind = KINDS[bytes.readUInt8(0)];
      if (kind === undefined) {
        throw new Error('a frame of an unknown kind');
      }
      yield { kind, payload: bytes.subarray(HEADER_BYTES, wanted) };
      chunks = [bytes.subarray(wanted)];
      held -= wanted;
      wanted = wantedBytes(chunks, held, most);
    }
  }
}

/** How many bytes the first frame takes, or the header while that is not complete. */
function wantedBytes(chunks: Uint8Array[], held: number, most: number): number {
  if (held < HEADER_BYTES) {
    return HEADER_BYTES;
  }
  const [first = new Uint8Array()] = chunks;
  const header = first.length >= HEADER_BYTES ? first : Buffer.concat(chunks);
  const length = Buffer.from(header.buffer, header.byteOffset, HEADER_BYTES).readUInt32BE(1);
  if (length > most) {
    throw new Error(`a frame of ${length} bytes`);
  }
  return HEADER_BYTES + length;
}
