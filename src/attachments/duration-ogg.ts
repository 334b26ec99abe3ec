import type { Timer } from './duration.ts';

/** A page (RFC 3533, 6): its own header, a table of up to 255 segments, and these, of up to 255 bytes each. */
const PAGE_HEADER = 27;
const LARGEST_PAGE = PAGE_HEADER + 255 + 255 * 255;
/** Up to where the first page says what is needed of it. */
const FIRST_BYTES = PAGE_HEADER + 255 + 12;
/** Opus is always counted so, at whatever rate it was recorded (RFC 7845, 4). */
const SAMPLES_PER_MS = 48;

/**
 * Times Ogg Opus: the last page of the stream says how many samples there are up to its end, the first how many of them
 * are not played (RFC 7845, 4.3).
 */
export function createOggTimer(): Timer {
  let first = Buffer.alloc(0);
  const end = ending(LARGEST_PAGE);
  return {
    take(piece) {
      if (first.length < FIRST_BYTES) {
        first = Buffer.concat([first, piece.subarray(0, FIRST_BYTES - first.length)]);
      }
      end.take(piece);
    },
    duration() {
      const stream = readStream(first);
      const position = stream && lastPosition(end.bytes(), stream.serial);
      return stream && position !== null ? (position - stream.skipped) / SAMPLES_PER_MS : null;
    },
  };
}

/** Keeps the last so many bytes of what passes, in a ring. */
function ending(most: number) {
  const ring = Buffer.alloc(most);
  let taken = 0;
  return {
    take(piece: Uint8Array): void {
      const part = piece.subarray(-most);
      const start = (taken + piece.length - part.length) % most;
      ring.set(part.subarray(0, most - start), start);
      ring.set(part.subarray(most - start), 0);
      taken += piece.length;
    },
    bytes(): Buffer {
      const start = taken % most;
      return taken < most ? ring.subarray(0, taken) : Buffer.concat([ring.subarray(start), ring.subarray(0, start)]);
    },
  };
}

/** The stream that begins the file, and how many of its samples are not played; null when it is not Opus. */
function readStream(first: Buffer): { serial: number; skipped: number } | null {
  const packet = PAGE_HEADER + (first[PAGE_HEADER - 1] ?? 0);
  return first.length >= packet + 12 && first.toString('latin1', packet, packet + 8) === 'OpusHead'
    ? { serial: first.readUInt32LE(14), skipped: first.readUInt16LE(packet + 10) }
    : null;
}

/** The samples up to the end of the last page on which a packet of the stream ends. */
function lastPosition(end: Buffer, serial: number): number | null {
  for (let at = end.lastIndexOf('OggS'); at >= 0; at = at === 0 ? -1 : end.lastIndexOf('OggS', at - 1)) {
    const isOfStream = at + PAGE_HEADER <= end.length && end.readUInt32LE(at + 14) === serial;
    const position = isOfStream ? end.readBigInt64LE(at + 6) : -1n;
    if (position >= 0n) {
      return Number(position);
    }
  }
  return null;
}
