import type { Generator } from './generate.ts';
import type { Job, Sent } from './job.ts';

/** Prepares and sends a job. Throws when anything was answered otherwise than by 200. */
export async function load(generator: Generator, job: Job): Promise<Sent> {
  await generator.prepare(job);
  const sent = await generator.go();
  if (sent.statuses['200'] !== sent.count) {
    throw new Error(`Not every webhook was answered 200: ${JSON.stringify(sent.statuses)}`);
  }
  return sent;
}

/** How many a second. */
export function rate(count: number, from: number, until: number): number {
  return (count * 1000) / (until - from);
}
