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
  const ended = Promise.withResolvers<null>();
  let waiting: PromiseWithResolvers<ReaderAnswer> | null = null;

  worker.addEventListener('close', () => ended.resolve(null));
  worker.addEventListener('message', ({ data }: MessageEvent<typeof READY | ReaderAnswer>) => {
    if (data === READY) {
      ready.resolve();
    } else {
      waiting?.resolve(data);
    }
  });

  const answered = async (request: ReaderRequest): Promise<ReaderAnswer> => {
    await ready.promise;
    waiting = Promise.withResolvers();
    worker.postMessage(request);
    return waiting.promise;
  };

  return {
    ask: (request) => Promise.race([answered(request), ended.promise]),
    async end() {
      await Promise.race([ready.promise, ended.promise]);
      worker.postMessage(END);
      await ended.promise;
    },
  };
}
