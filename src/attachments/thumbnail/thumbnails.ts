import { createQueue } from '#src/db/queue.ts';
import { Late } from '#src/errors.ts';
import type { Logger } from '#src/log.ts';
import { inTime } from '#src/ops/in-time.ts';
import type { Frame } from './frame.ts';
import { type ImageProcess, type ImageProcessOptions, startImageProcess } from './image-process.ts';
import { ENCODING_TIMES, lifetime, limits } from './limits.ts';
import { loadPicture } from './load-picture.ts';
import { type Made, readMade } from './made.ts';
import type { Shape } from './shrink.ts';

type NotMade =
  /** Not a picture we read, a damaged one, or one that costs too much. */
  | { kind: 'refused'; why: string }
  /** No picture can be read on this machine now. */
  | { kind: 'off'; why: string };
export type Thumbnail = ({ kind: 'made' } & Made) | NotMade;
export type Encoded = { kind: 'made'; picture: Uint8Array } | NotMade;

/** Given as a function, it is loaded when its turn has come. */
type Loaded = Uint8Array | (() => Promise<Uint8Array>);

export type Thumbnails = {
  /**
   * The thumbnail of a JPEG, PNG or WebP: a WebP of at most 240 pixels a side and 12 KB. Pictures wait their turn; one
   * that is given as a function is loaded when it has come, so that those that wait take no memory. Throws what that
   * function throws, and `Late` when it takes too long.
   */
  make(picture: Loaded, shape?: Shape): Promise<Thumbnail>;
  /**
   * A JPEG, PNG or WebP as WhatsApp takes pictures, with nothing in it but the picture: a JPEG or PNG of at most 5 MB.
   * These may be large, and their store slow: one at a time is in memory, from its first piece on, and while it comes
   * others are shrunk. Throws what `pieces` throws, and `Late` when nothing comes any more.
   */
  encode(pieces: AsyncIterable<Uint8Array>): Promise<Encoded>;
  /** The image process that lives now. */
  pid(): number | null;
  stop(): Promise<void>;
};

type Options = ImageProcessOptions & {
  log: Logger;
  now: () => number;
  limits?: { timeMs: number; pictures: number; idleMs: number };
};

/** Where the process cannot start, it is not tried again for every picture. */
const RETRY_AFTER_MS = 5 * 60_000;

/** Shrinks and encodes pictures in one process beside this one, which is started when needed and replaced when it fails. */
export function createThumbnails({ log, now, limits: given, ...options }: Options): Thumbnails {
  const { timeMs, pictures, idleMs } = given ?? { ...limits, ...lifetime };
  const queue = createQueue();
  const toEncode = createQueue();
  const stopping = new AbortController();
  let current: { process: ImageProcess; pictures: number } | null = null;
  let off: { why: string; until: number } | null = null;
  let idle: ReturnType<typeof setTimeout> | undefined;

  async function ask(kind: Frame['kind'], picture: Loaded, times = 1): Promise<Done> {
    clearTimeout(idle);
    const process = await living();
    if (typeof process === 'string') {
      return { kind: 'off', why: process };
    }
    try {
      return await askOf(process, { kind, picture, timeMs: timeMs * times });
    } finally {
      retireAfterUse();
    }
  }

  async function askOf(process: ImageProcess, wanted: Wanted): Promise<Done> {
    const picture = typeof wanted.picture === 'function' ? await load(wanted.picture) : wanted.picture;
    if (picture.length > limits.pictureBytes) {
      return { kind: 'refused', why: 'the file is too large' };
    }
    const frame = await inTime(process.ask(wanted.kind, picture), wanted.timeMs);
    if (frame === null || frame === 'late') {
      forget(process);
    } else if (current) {
      current.pictures += 1;
    }
    return read(frame);
  }

  async function load(picture: () => Promise<Uint8Array>): Promise<Uint8Array> {
    const loaded = await inTime(picture(), timeMs);
    if (loaded === 'late') {
      throw new Late('the picture could not be loaded in time');
    }
    return loaded;
  }

  /** The process, or the reason why there is none. */
  async function living(): Promise<ImageProcess | string> {
    const known = current?.process ?? whyNone();
    if (known) {
      return known;
    }
    const process = startImageProcess(options);
    const frame = await inTime(process.next(), timeMs);
    if (frame !== null && frame !== 'late' && frame.kind === 'ready') {
      current = { process, pictures: 0 };
      off = null;
      void process.exited.then(() => {
        current = current?.process === process ? null : current;
      });
      return process;
    }
    process.kill();
    const why = frame === null || frame === 'late' ? 'the image process did not start' : reasonIn(frame);
    off = { why, until: now() + RETRY_AFTER_MS };
    log.warn({ why }, 'there are no thumbnails: pictures cannot be read on this machine');
    return why;
  }

  /** Null where there is a process, or it may be tried to start one. */
  function whyNone(): string | null {
    return !current && off && now() < off.until ? off.why : null;
  }

  function forget(process: ImageProcess): void {
    process.kill();
    current = null;
  }

  function retireAfterUse(): void {
    if (current && current.pictures >= pictures) {
      retire();
    } else if (current) {
      idle = setTimeout(retire, idleMs);
      idle.unref();
    }
  }

  function retire(): void {
    current?.process.end();
    current = null;
  }

  return {
    async make(picture, shape = 'whole') {
      const done = await queue.run(() => ask(shape === 'square' ? 'square' : 'shrink', picture));
      if (done.kind !== 'done') {
        return done;
      }
      const made = readMade(done.payload);
      return made ? { kind: 'made', ...made } : { kind: 'refused', why: 'the image process said nothing' };
    },
    async encode(pieces) {
      const done = await toEncode.run(async (): Promise<Done> => {
        const why = whyNone();
        if (why !== null) {
          return { kind: 'off', why };
        }
        const picture = await loadPicture(pieces, { silenceMs: timeMs, now, signal: stopping.signal });
        return queue.run(() => ask('encode', picture, ENCODING_TIMES));
      });
      // A copy: the frame is a part of a larger buffer.
      return done.kind === 'done' ? { kind: 'made', picture: done.payload.slice() } : done;
    },
    pid: () => current?.process.pid ?? null,
    async stop() {
      stopping.abort();
      await toEncode.idle();
      await queue.idle();
      clearTimeout(idle);
      const last = current?.process;
      retire();
      await last?.exited;
    },
  };
}

type Wanted = { kind: Frame['kind']; picture: Loaded; timeMs: number };
type Done = { kind: 'done'; payload: Uint8Array } | NotMade;

function read(frame: Frame | null | 'late'): Done {
  if (frame === 'late') {
    return { kind: 'refused', why: 'it took too long' };
  } else if (frame === null) {
    return { kind: 'refused', why: 'the image process ended over it' };
  } else if (frame.kind === 'done') {
    return { kind: 'done', payload: frame.payload };
  } else {
    return { kind: 'refused', why: reasonIn(frame) };
  }
}

const reasonIn = ({ payload }: Frame) => new TextDecoder().decode(payload);
