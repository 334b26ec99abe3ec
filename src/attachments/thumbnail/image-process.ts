import { LIBRARIES } from '#src/ops/native/libraries.ts';
import { programCommand } from '#src/ops/native/program.ts';
import { LIBVIPS } from '#src/ops/native/sharp.ts';
import { type Frame, readFrames, writeFrame } from './frame.ts';
import { limits } from './limits.ts';

export type ImageProcessOptions = {
  /** Where the executable has unpacked its libraries; null in the sources. */
  libraries: string | null;
  /** The owner's own libvips, or null. */
  libvips: string | null;
  /** What starts the program again; tests give another one. */
  command?: readonly string[];
};

export type ImageProcess = {
  pid: number;
  /** The next frame it writes; null when it has ended. Never call it twice at once. */
  next(): Promise<Frame | null>;
  ask(kind: Frame['kind'], picture: Uint8Array): Promise<Frame | null>;
  /** Lets it end by itself. */
  end(): void;
  kill(): void;
  exited: Promise<number>;
};

/** Starts a process that shrinks pictures. It knows nothing of this one's environment: no key, no address. */
export function startImageProcess(options: ImageProcessOptions): ImageProcess {
  const { libraries, libvips, command = programCommand } = options;
  const child = Bun.spawn([...command, '_image'], {
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'ignore',
    env: {
      ...(libraries === null ? {} : { [LIBRARIES]: libraries }),
      ...(libvips === null ? {} : { [LIBVIPS]: libvips }),
    },
  });
  const frames = readFrames(child.stdout, limits.pictureBytes);
  const next = async () => {
    try {
      const { value } = await frames.next();
      return value ?? null;
    } catch {
      // What it wrote makes no sense: it is as good as dead.
      return null;
    }
  };
  return {
    pid: child.pid,
    next,
    async ask(kind, picture) {
      try {
        child.stdin.write(writeFrame({ kind, payload: picture }));
        await child.stdin.flush();
      } catch {
        return null;
      }
      return await next();
    },
    end: () => void child.stdin.end(),
    kill: () => child.kill('SIGKILL'),
    exited: child.exited,
  };
}
