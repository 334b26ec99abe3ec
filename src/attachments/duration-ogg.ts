import type { Timer } from './duration.ts';
import { OPUS_HEAD_BYTES, PAGE_HEADER, readOpusHead } from './opus-head.ts';

/** A page has a header, a table of up to 255 segments, and these, of up to 255 bytes each (RFC 3533, 6). */
const LARGEST_PAGE = PAGE_HEADER + 255 + 255 * 255;
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
      if (first.length < OPUS_HEAD_BYTES) {
        first = Buffer.concat([first, piece.subarray(0, OPUS_HEAD_BYTES - first.length)]);
      }
      end.take(piece);
    },
    duration() {
      const stream = readOpusHead(first);
      const position = stream && lastPosition(end.bytes(), stream.serial);
      return stream && position !== null ? (position - stream.skipped) / SAMPLES_PER_MS : null;
    },
    tracks: () => null,
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
      return taken < most
        ? ring.subarray(0, taken)
        : Buffer.concat([ring.subarray(start), ring.subarray(0, start)]);
    },
  };
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
