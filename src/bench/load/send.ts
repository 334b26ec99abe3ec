import { exactNow, quantile } from './figures.ts';
import type { Pace, Sent } from './job.ts';

type Requests = readonly Uint8Array<ArrayBuffer>[];
type Options = {
  host: string;
  port: number;
  pace: Pace /** The last waits for all others' answers. */;
  isLastHeld: boolean;
};

/** One connection: one request at a time, and what has come of its answer. */
type Lane = { current: number; rest: Uint8Array<ArrayBuffer> | null; heard: string };
type Socket = Bun.Socket<Lane>;

/** Enough that a server which answers within a quarter of a second never runs out of them. */
const PACED_LANES = 256;
/** Servers close what they have not heard of for ten seconds: at a slow pace a few lanes take turns. */
const LONGEST_IDLE_S = 4;

/**
 * Sends requests over connections that stay open, without pipelining, and counts the answers. HTTP/1.1 by hand, so
 * that what sends takes a small share of the time that it measures. At a pace, what is due goes out by its time even
 * when the answers are late, and its latency counts from that time.
 */
export async function send(requests: Requests, { host, port, pace, isLastHeld }: Options): Promise<Sent> {
  const count = requests.length;
  const due = new Float64Array(count);
  const latencies = new Float64Array(count);
  const lateness = new Float64Array(count);
  const statuses: Record<string, number> = {};
  const done = Promise.withResolvers<void>();
  const idle: Socket[] = [];
  let ready = 0;
  let taken = 0;
  let answered = 0;
  const free = isLastHeld ? count - 1 : count;

  function write(socket: Socket, bytes: Uint8Array<ArrayBuffer>): void {
    const written = socket.write(bytes);
    socket.data.rest = written < bytes.byteLength ? bytes.subarray(Math.max(0, written)) : null;
  }

  function next(socket: Socket): void {
    if (taken >= ready) {
      idle.push(socket);
      return;
    }
    const index = taken++;
    socket.data.current = index;
    const now = performance.now();
    due[index] ||= now;
    lateness[index] = now - (due[index] ?? now);
    write(socket, requests[index] ?? new Uint8Array());
  }

  function release(until: number): void {
    ready = until;
    while (idle.length > 0 && taken < ready) {
      next(idle.shift() as Socket);
    }
  }

  function take(socket: Socket, status: string): void {
    const { current } = socket.data;
    latencies[current] = performance.now() - (due[current] ?? 0);
    statuses[status] = (statuses[status] ?? 0) + 1;
    answered += 1;
    if (answered === count) {
      done.resolve();
    } else if (answered === free) {
      release(count);
    }
    next(socket);
  }

  const handlers = {
    data(socket: Socket, chunk: Buffer) {
      socket.data.heard += chunk.toString('latin1');
      const answer = readAnswer(socket.data.heard);
      if (answer) {
        socket.data.heard = '';
        take(socket, answer);
      }
    },
    drain(socket: Socket) {
      if (socket.data.rest) {
        write(socket, socket.data.rest);
      }
    },
    close: () =>
      done.reject(new Error(`The server closed a connection when ${answered} of ${count} were answered.`)),
    error: (_: Socket, error: Error) => done.reject(error),
  };
  const lanes = 'inFlight' in pace ? pace.inFlight : Math.min(PACED_LANES, pace.perSecond * LONGEST_IDLE_S);
  const sockets = await Promise.all(
    Array.from({ length: Math.min(lanes, count) }, () =>
      Bun.connect<Lane>({
        hostname: host,
        port,
        data: { current: 0, rest: null, heard: '' },
        socket: handlers,
      }),
    ),
  );
  idle.push(...sockets);
  const startedAt = exactNow();
  const stop = 'inFlight' in pace ? release(free) : releaseByTime(pace.perSecond, free, due, release);
  await done.promise.finally(() => stop?.());
  const endedAt = exactNow();
  done.promise.catch(() => {});
  for (const socket of sockets) {
    socket.terminate();
  }
  return {
    count,
    startedAt,
    endedAt,
    statuses,
    latency: { p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99), most: quantile(latencies, 1) },
    late: { p99: quantile(lateness, 0.99) },
  };
}

/** Makes each request ready when it is due. */
function releaseByTime(
  perSecond: number,
  count: number,
  due: Float64Array,
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

const STATUS_AT = 'HTTP/1.1 '.length;
const LENGTH = /\r\ncontent-length: (\d+)\r\n/i;

/** The status, once the whole answer is there. */
function readAnswer(heard: string): string | null {
  const headEnd = heard.indexOf('\r\n\r\n');
  if (headEnd < 0) {
    return null;
  }
  const length = LENGTH.exec(heard.slice(0, headEnd + 2))?.[1];
  if (length === undefined) {
    throw new Error(`An answer without a length: ${heard.slice(0, 200)}`);
  }
  const isWhole = heard.length >= headEnd + 4 + Number(length);
  return isWhole ? heard.slice(STATUS_AT, STATUS_AT + 3) : null;
}
