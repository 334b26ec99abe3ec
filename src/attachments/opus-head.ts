/** The header of an Ogg page, without its table of segments (RFC 3533, 6). */
export const PAGE_HEADER = 27;
/** More than the first page can be up to where it has said all of this. */
export const OPUS_HEAD_BYTES = PAGE_HEADER + 255 + 12;

export type OpusHead = {
  /** Of the stream, among those of its file. */
  serial: number;
  channels: number;
  /** Samples at its beginning that are not played. */
  skipped: number;
};

/** What the first page of Ogg Opus announces (RFC 7845, 5.1); null when the file is something else. */
export function readOpusHead(first: Uint8Array): OpusHead | null {
  const bytes = Buffer.from(first.buffer, first.byteOffset, first.byteLength);
  const packet = PAGE_HEADER + (bytes[PAGE_HEADER - 1] ?? 0);
  const isOpus =
    bytes.length >= packet + 12 &&
    bytes.toString('latin1', 0, 4) === 'OggS' &&
    bytes.toString('latin1', packet, packet + 8) === 'OpusHead';
  return isOpus
    ? {
        serial: bytes.readUInt32LE(14),
        channels: bytes.readUInt8(packet + 9),
        skipped: bytes.readUInt16LE(packet + 10),
      }
    : null;
}
