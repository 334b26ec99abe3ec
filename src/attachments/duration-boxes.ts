import type { Timer } from './duration.ts';

/** What is wanted of a file next: so many bytes, or so many passed over. */
type Step = { read: number } | { skip: number };

/** More boxes than this before the header of the movie are none that a camera makes. */
const MOST_BOXES = 1_000;

/** Times MP4 and its kin: the header of the movie says it (ISO/IEC 14496-12, 8.2.2), wherever in the file it stands. */
export function createBoxTimer(): Timer {
  const steps = findDuration();
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
    duration: () => (step.done ? step.value : null),
  };
}

function* findDuration(): Generator<Step, number | null, Buffer> {
  for (let boxes = 0; boxes < MOST_BOXES; boxes += 1) {
    const header = yield { read: 8 };
    const type = header.toString('latin1', 4, 8);
    const short = header.readUInt32BE(0);
    const length = short === 1 ? Number((yield { read: 8 }).readBigUInt64BE(0)) - 16 : short - 8;
    if (type === 'mvhd') {
      return readHeader(yield { read: 32 });
    } else if (length < 0) {
      // The last one, which goes on to the end of the file; or none at all.
      return null;
    } else if (type !== 'moov') {
      yield { skip: length };
    }
  }
  return null;
}

/** All ones where it is not known; 0 where it stands in the fragments. */
const UNKNOWN = [0xffff_ffff, 0xffff_ffff_ffff_ffffn];

function readHeader(header: Buffer): number | null {
  const isLong = header[0] === 1;
  const unitsPerSecond = header.readUInt32BE(isLong ? 20 : 12);
  const units = isLong ? header.readBigUInt64BE(24) : header.readUInt32BE(16);
  return UNKNOWN.includes(units) ? null : (Number(units) / unitsPerSecond) * 1000;
}
