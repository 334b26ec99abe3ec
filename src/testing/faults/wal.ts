import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

// The write-ahead log as SQLite lays it out (https://www.sqlite.org/fileformat2.html#walformat): a header of 32 bytes,
// then frames of a 24-byte header and a page. Encryption leaves the headers as they are. When the log has been brought
// into the database it is begun anew from the front, with other salts; what stands behind is of no meaning then.

const HEADER = 32;
const FRAME_HEADER = 24;
/** Where the log's index has the salts of the log that is written next, and how many frames are on their way out of it. */
const INDEX = { salts: [32, 40], moved: 128 } as const;

/** A place in the log: `generation` rises each time it is begun anew, `end` counts bytes. */
export type Position = { generation: number; end: number };

/** Whether all that stood before `one` stands before `other` too. */
export function isWithin(one: Position, other: Position): boolean {
  return one.generation < other.generation || (one.generation === other.generation && one.end <= other.end);
}

type Log = { salts: string; generation: number; frame: number; file: number };

/** How far the log at `path` is written at this moment, commits under way included; null when it is empty. */
export function positionIn(path: string): Position | null {
  return withLog(path, (log) => {
    const within = framesWithin(log);
    return { generation: log.generation, end: HEADER + within * log.frame };
  });
}

/**
 * How much of the log at `path` may be in the database by now, in bytes. That much cannot be lost any more: it was
 * fsynced before (https://www.sqlite.org/walformat.html#the_wal_index_file_format). Needs the index that its server keeps.
 */
export function movedBytes(path: string): number {
  const index = readFileSync(path.replace(/-wal$/, '-shm'));
  const moved = withLog(path, (log) => {
    const isBegunAnew = index.toString('hex', ...INDEX.salts) !== log.salts;
    return HEADER + log.frame * (isBegunAnew ? framesWithin(log) : index.readUInt32LE(INDEX.moved));
  });
  return moved ?? HEADER;
}

/** Where each commit ends, in bytes, in their order. */
export function commitsIn(path: string): number[] {
  const found = withLog(path, (log) => {
    const ends = Array.from({ length: framesWithin(log) }, (_, index) => index)
      .filter((index) => (frameHeader(log, index)?.pagesAfterCommit ?? 0) > 0)
      .map((index) => HEADER + (index + 1) * log.frame);
    return ends;
  });
  return found ?? [];
}

function withLog<T>(path: string, work: (log: Log) => T): T | null {
  const file = openSync(path, 'r');
  try {
    const header = read(file, 0, HEADER);
    return header === null
      ? null
      : work({
          salts: header.toString('hex', 16, 24),
          generation: header.readUInt32BE(16),
          frame: FRAME_HEADER + header.readUInt32BE(8),
          file,
        });
  } finally {
    closeSync(file);
  }
}

/** Frames of this generation come first, so the number of them is found by halving. */
function framesWithin(log: Log): number {
  let within = 0;
  let step = 1;
  while (frameHeader(log, within + step - 1)?.isOurs) {
    within += step;
    step *= 2;
  }
  for (; step >= 1; step = Math.floor(step / 2)) {
    if (frameHeader(log, within + step - 1)?.isOurs) {
      within += step;
    }
  }
  return within;
}

function frameHeader({ file, frame, salts }: Log, index: number) {
  const header = read(file, HEADER + index * frame, FRAME_HEADER);
  return (
    header && { pagesAfterCommit: header.readUInt32BE(4), isOurs: header.toString('hex', 8, 16) === salts }
  );
}

function read(file: number, at: number, length: number): Buffer | null {
  const bytes = Buffer.alloc(length);
  return readSync(file, bytes, 0, length, at) === length ? bytes : null;
}
