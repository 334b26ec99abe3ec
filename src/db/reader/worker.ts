import { setImmediate } from 'node:timers/promises';
import type { Client } from '@libsql/client';
import { joinLibraries } from '#src/ops/native/libraries.ts';
import { count } from './count.ts';
import { openForReading } from './open-for-reading.ts';
import { type Answers, END, type Job, READY, type ReaderAnswer, type ReaderRequest } from './protocol.ts';

// The thread of long reads: its statements do not hold up the pages.

declare const self: Worker;

const jobs: { [J in Job]: (client: Client) => Promise<Answers[J]> } = { count };

joinLibraries();

self.onmessage = async ({ data }: MessageEvent<ReaderRequest | typeof END>) => {
  if (data === END) {
    process.exit();
  }
  self.postMessage(await answerTo(data));
};
self.postMessage(READY);

async function answerTo({ id, job, database }: ReaderRequest): Promise<ReaderAnswer> {
  try {
    return { id, ok: true, answer: await read(job, database) };
  } catch (error) {
    return { id, ok: false, error: error instanceof Error ? error.message : String(error) };
  } finally {
    await letGo();
  }
}

async function read(job: Job, { path, key }: ReaderRequest['database']): Promise<Answers[Job]> {
  const client = await openForReading(path, key);
  try {
    return await jobs[job](client);
  } finally {
    client.close();
  }
}

/**
 * A closed connection lives until a collection and a turn of the event loop. Only then may the answer go out:
 * after it the writer may close, and the last connection to close must be the writer's.
 */
async function letGo(): Promise<void> {
  Bun.gc(true);
  await setImmediate();
}
