import { type Books, openBooks } from './books.ts';
import { exactNow } from './figures.ts';
import type { Job, Pace, Sent } from './job.ts';
import { type Lane, openLanes } from './lanes.ts';

/** Enough that a server which answers within a quarter of a second never runs out of them. */
const PACED_LANES = 256;
/** Servers close what they have not heard of for ten seconds: at a slow pace a few lanes take turns. */
const LONGEST_IDLE_S = 4;

/**
 * Sends requests and counts the answers. At a pace, what is due goes out by its time even when the answers before it
 * are late, and its latency counts from that time: a slow server cannot slow the load down.
 */
export async function send(requests: readonly Uint8Array<ArrayBuffer>[], job: Job): Promise<Sent> {
  const { pace, last } = job;
  const count = requests.length;
  const books = openBooks(count);
  const done = Promise.withResolvers<void>();
  const under = new Map<Lane, number>();
  const idle: Lane[] = [];
  /** What may be sent, has been sent, and has been answered. */
  let [ready, taken, answered] = [0, 0, 0];
  const beforeLast = last ? count - 1 : count;

  function release(until: number): void {
    ready = until;
    for (let lane = idle.shift(); lane; lane = idle.shift()) {
      if (taken >= ready) {
        idle.unshift(lane);
        return;
      }
      const index = taken++;
      under.set(lane, index);
      books.leaves(index);
      lane.send(requests[index] ?? new Uint8Array());
    }
  }

  function onAnswer(lane: Lane, status: string): void {
    books.answered(under.get(lane) ?? 0, status);
    answered += 1;
    idle.push(lane);
    release(answered === beforeLast ? count : ready);
    if (answered === count) {
      done.resolve();
    }
  }

  const { hostname: host, port } = new URL(job.to[0]?.url ?? '');
  const { lanes, close } = await openLanes({
    host,
    port: Number(port),
    count: Math.min(lanesFor(pace), count),
    onAnswer,
    onBroken: done.reject,
  });
  idle.push(...lanes);
  const startedAt = exactNow();
  const stop = 'inFlight' in pace ? release(beforeLast) : releaseByTime(books, pace, beforeLast, release);
  await done.promise.finally(() => stop?.());
  const sent = books.close(startedAt, job.isNumbered === true);
  close();
  return sent;
}

function lanesFor(pace: Pace): number {
  return 'inFlight' in pace
    ? pace.inFlight
    : Math.max(1, Math.min(PACED_LANES, Math.floor(pace.perSecond * LONGEST_IDLE_S)));
}

/** Makes each request ready when it is due. Returns how to stop that. */
function releaseByTime(
  { due }: Books,
  { perSecond }: { perSecond: number },
  count: number,
  release: (until: number) => void,
): () => void {
  const start = performance.now();
  for (let index = 0; index < count; index++) {
    due[index] = start + (index * 1000) / perSecond;
  }
  const timer = setInterval(() => {
    const until = Math.min(count, Math.floor(((performance.now() - start) * perSecond) / 1000) + 1);
    release(until);
    if (until === count) {
      clearInterval(timer);
    }
  }, 1);
  return () => clearInterval(timer);
}
