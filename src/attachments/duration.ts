import { createBoxTimer } from './duration-boxes.ts';
import { createOggTimer } from './duration-ogg.ts';

/** What plays in an MP4 or its kin, in its own words (ISO/IEC 14496-12). */
export type Track = {
  /** `vide`, `soun`, or what neither shows nor sounds. */
  handler: string;
  /** Of its first samples: `avc1` is H.264, `mp4a` AAC. */
  codec: string;
};

/**
 * Learns from the pieces of a file how long it plays, and what. Holds little of it, and throws nothing, whatever they
 * are.
 */
export type Timer = {
  take(piece: Uint8Array): void;
  /** Milliseconds, once all was taken; null when the file does not say it. */
  duration(): number | null;
  /** Of an MP4, once all was taken; null when they cannot be read. */
  tracks(): Track[] | null;
};

/** So many bytes say whether a file is one of those that can be timed. */
const FIRST_BYTES = 12;
/** What says that it plays for longer is not believed. */
const LONGEST_MS = 24 * 60 * 60_000;

/** Times Ogg Opus, which voice notes are, and MP4 and its kin; of anything else it says null. */
export function createTimer(): Timer {
  let first = Buffer.alloc(0);
  let timer: Timer | null = null;
  return {
    take(piece) {
      if (first.length >= FIRST_BYTES) {
        timer?.take(piece);
        return;
      }
      first = Buffer.concat([first, piece]);
      if (first.length >= FIRST_BYTES) {
        timer = timerFor(first);
        timer?.take(first);
        first = Buffer.from(first.subarray(0, FIRST_BYTES));
      }
    },
    duration() {
      const found = Math.round(timer?.duration() ?? 0);
      return found > 0 && found <= LONGEST_MS ? found : null;
    },
    tracks: () => timer?.tracks() ?? null,
  };
}

function timerFor(first: Buffer): Timer | null {
  if (first.toString('latin1', 0, 4) === 'OggS') {
    return createOggTimer();
  }
  return first.toString('latin1', 4, 8) === 'ftyp' ? createBoxTimer() : null;
}
