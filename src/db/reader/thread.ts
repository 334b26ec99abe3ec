import { LIBRARIES } from '#src/ops/native/libraries.ts';
import { programEntry } from '#src/ops/native/program.ts';
import { END, READY, type ReaderAnswer, type ReaderRequest } from './protocol.ts';

export type ReaderThread = {
  /** Null when the thread ended before it answered. One request at a time. */
  ask(request: ReaderRequest): Promise<ReaderAnswer | null>;
  /**
   * Lets it finish what it was asked and end; resolves when it is gone. It is never terminated: inside a
   * statement of libSQL that would abort the whole process.
   */
  end(): Promise<void>;
};

/** Starts the thread of long reads. `libraries` is where the executable has unpacked its own; null in the sources. */
export function startReaderThread(libraries: string | null): ReaderThread {
  const env = libraries === null ? {} : { [LIBRARIES]: libraries };
  // It must not keep a process alive that has nothing else to do.
  const worker = new Worker(programEntry, { env, ref: false });
  const ready = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  let isOver = false;
  // Not raced against the end: a promise that stays open holds on to every answer that it was raced with.
  let answer: ((given: ReaderAnswer | null) => void) | null = null;

  function give(given: ReaderAnswer | null): void {
    answer?.(given);
    answer = null;
  }

  worker.addEventListener('close', () => {
    isOver = true;
    ready.resolve();
    give(null);
    ended.resolve();
  });
  worker.addEventListener('message', ({ data }: MessageEvent<typeof READY | ReaderAnswer>) => {
    data === READY ? ready.resolve() : give(data);
  });

  return {
    async ask(request) {
      await ready.promise;
      if (isOver) {
        return null;
      }
      return await new Promise((resolve) => {
        answer = resolve;
        worker.postMessage(request);
      });
    },
    async end() {
      await ready.promise;
      worker.postMessage(END);
      await ended.promise;
    },
  };
}
