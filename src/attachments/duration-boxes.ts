import type { Timer, Track } from './duration.ts';

/** What is wanted of a file next: so many bytes, or so many passed over. */
type Step = { read: number } | { skip: number };

type Found = { duration: number | null; tracks: Track[] | null };

/** More boxes than this before the movie, or in it, are none that a camera makes. */
const MOST_BOXES = 1_000;

/**
 * Times MP4 and its kin: the header of the movie says it (ISO/IEC 14496-12, 8.2.2), and its tracks what plays in them
 * (8.4.3, 8.5.2), wherever in the file it stands. What comes after it is not looked at.
 */
export function createBoxTimer(): Timer {
  const found: Found = { duration: null, tracks: null };
  const steps = findMovie(found);
  let step = steps.next();
  let read: Buffer[] = [];
  let done = 0;
  return {
    take(piece) {
      for (let at = 0; !step.done && at < piece.length; ) {
        const isRead = 'read' in step.value;
        const wanted = 'read' in step.value ? step.value.read : step.value.skip;
        const part = piece.subarray(at, at + wanted - done);
        at += part.length;
        done += part.length;
        read = isRead ? [...read, Buffer.from(part)] : read;
        if (done === wanted) {
          step = steps.next(Buffer.concat(read));
          read = [];
          done = 0;
        }
      }
    },
    duration: () => found.duration,
    tracks: () => found.tracks,
  };
}

function* findMovie(found: Found): Generator<Step, void, Buffer> {
  for (let boxes = 0; boxes < MOST_BOXES; boxes += 1) {
    const { type, length } = yield* readBox();
    if (length < 0) {
      // The last one, which goes on to the end of the file; or none at all.
      return;
    } else if (type === 'moov') {
      yield* readMovie(found, length);
      return;
    }
    yield* pass(length);
  }
}

/** Boxes of a movie that are opened: what is in them is read as if it stood in the movie itself. */
const OPENED = ['trak', 'mdia', 'minf', 'stbl'];
/** So many bytes of the others say what is wanted of them. */
const WANTED = new Map([
  ['mvhd', 32],
  ['hdlr', 12],
  ['stsd', 16],
]);

/** The tracks are told only when all of them were read. */
function* readMovie(found: Found, length: number): Generator<Step, void, Buffer> {
  const tracks: Partial<Track>[] = [];
  let left = length;
  for (let boxes = 0; left > 0 && boxes < MOST_BOXES; boxes += 1) {
    const box = yield* readBox();
    const isOpened = OPENED.includes(box.type);
    const wanted = WANTED.get(box.type) ?? 0;
    left -= box.header + (isOpened ? 0 : box.length);
    if (box.length < wanted || left < 0) {
      return;
    } else if (box.type === 'trak') {
      tracks.push({});
    }
    if (wanted > 0) {
      note(found, tracks.at(-1) ?? {}, box.type, yield { read: wanted });
    }
    yield* pass(isOpened ? 0 : box.length - wanted);
  }
  found.tracks = left === 0 && tracks.every(isWhole) ? tracks : null;
}

const isWhole = (track: Partial<Track>): track is Track =>
  track.handler !== undefined && track.codec !== undefined;

/** Of what it says twice, the first counts. */
function note(found: Found, track: Partial<Track>, type: string, bytes: Buffer): void {
  if (type === 'mvhd') {
    found.duration ??= readHeader(bytes);
  } else if (type === 'hdlr' && bytes.toString('latin1', 4, 8) !== 'dhlr') {
    // QuickTime's second handler of a track, `dhlr`, is about where its data lies.
    track.handler ??= bytes.toString('latin1', 8, 12);
  } else if (type === 'stsd' && bytes.readUInt32BE(4) > 0) {
    track.codec ??= bytes.toString('latin1', 12, 16);
  }
}

/** `length`: without its header. */
type Box = { type: string; header: number; length: number };

function* readBox(): Generator<Step, Box, Buffer> {
  const header = yield { read: 8 };
  const type = header.toString('latin1', 4, 8);
  const short = header.readUInt32BE(0);
  return short === 1
    ? { type, header: 16, length: Number((yield { read: 8 }).readBigUInt64BE(0)) - 16 }
    : { type, header: 8, length: short - 8 };
}

/** A step of no bytes would wait for one more. */
function* pass(length: number): Generator<Step, void, Buffer> {
  if (length > 0) {
    yield { skip: length };
  }
}

/** All ones where it is not known; 0 where it stands in the fragments. */
const UNKNOWN = [0xffff_ffff, 0xffff_ffff_ffff_ffffn];

function readHeader(header: Buffer): number | null {
  const isLong = header[0] === 1;
  const unitsPerSecond = header.readUInt32BE(isLong ? 20 : 12);
  const units = isLong ? header.readBigUInt64BE(24) : header.readUInt32BE(16);
  return UNKNOWN.includes(units) ? null : (Number(units) / unitsPerSecond) * 1000;
}
