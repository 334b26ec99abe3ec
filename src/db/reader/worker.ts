import { joinLibraries } from '#src/ops/native/libraries.ts';
import { search } from '#src/search/find.ts';
import { count } from './count.ts';
import { keepDatabases } from './kept.ts';
import type { ReadOnly } from './open-for-reading.ts';
import {
  type Answer,
  END,
  type Input,
  type Job,
  READY,
  type ReaderAnswer,
  type ReaderRequest,
} from './protocol.ts';

// The thread of long reads: its statements do not hold up the pages. None leaves a transaction open, which
// would keep the writer from emptying its log.

declare const self: Worker;

const jobs: { [J in Job]: (database: ReadOnly, input: Input<J>) => Promise<Answer<J>> } = { count, search };
const kept = keepDatabases();

joinLibraries();

self.onmessage = async ({ data }: MessageEvent<ReaderRequest | typeof END>) => {
  if (data === END) {
    await kept.letGo(kept.paths());
    process.exit();
  }
  self.postMessage(await answerTo(data));
};
self.postMessage(READY);

async function answerTo(request: ReaderRequest): Promise<ReaderAnswer> {
  const { id } = request;
  if (request.do === 'let go') {
    await kept.letGo([request.path]);
    return { id, ok: true, answer: null };
  }
  try {
    return { id, ok: true, answer: await read(request) };
  } catch (error) {
    // What failed may have left a statement open, and with it the state of the file that it read.
    await kept.letGo([request.database.path]);
    return { id, ok: false, ...described(error) };
  }
}

function described(error: unknown): { error: string; code: string | null } {
  const isError = error instanceof Error;
  return {
    error: isError ? error.message : String(error),
    code: isError && 'code' in error ? String(error.code) : null,
  };
}

async function read({ job, input, database }: Extract<ReaderRequest, { do: 'read' }>): Promise<Answer<Job>> {
  const run: (database: ReadOnly, input: never) => Promise<Answer<Job>> = jobs[job];
  // The request is made by `Reader.read`, which pairs each job with its input.
  return run(kept.get(database), input as never);
}
