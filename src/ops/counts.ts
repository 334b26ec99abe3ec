import type { FetchOutcome } from '#src/attachments/fetch-verdict.ts';
import type { SendOutcome } from '#src/whatsapp/client.ts';
import { createHistogram, type Histogram, observe } from './histogram.ts';

/**
 * What has happened since the start, as plain numbers in memory: adding to them costs next to nothing, and they are
 * gathered only when somebody asks.
 */
export type Counts = {
  /** Webhooks by the status they were answered with. */
  webhooks: Map<number, number>;
  /** Changes in them by what became of them; those that Meta repeated are counted again. */
  changes: Record<'journal' | 'parked' | 'unrouted' | 'dropped', number>;
  intake: {
    /** Seconds from the arrival of a change until it was taken in. */
    lag: Histogram;
    /** Seconds a run took, and the changes in it. */
    duration: Histogram;
    size: Histogram;
  };
  /** Tries to send, by how they ended. */
  sends: Record<SendOutcome['kind'], number>;
  /** Tries to fetch a file, by how they ended. */
  fetches: Record<FetchOutcome['kind'], number>;
  /** Answered requests by `METHOD pattern`: as many as there are routes, whatever is asked for. */
  requests: Map<string, RequestCounts>;
};

export type RequestCounts = {
  method: string;
  route: string;
  /** By the first digit of their status. */
  classes: Map<number, number>;
  seconds: Histogram;
};

/** All that webhooks are answered with: a rate can be told only of what began at 0. */
const WEBHOOK_ANSWERS = [200, 400, 401, 408, 413, 503];
const REQUEST_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5];
const LAG_SECONDS = [0.01, 0.05, 0.1, 0.25, 1, 5, 15, 60, 300, 3_600];
const RUN_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1];
const RUN_CHANGES = [1, 5, 10, 50, 100, 250, 500];

export const createCounts = (): Counts => ({
  webhooks: new Map(WEBHOOK_ANSWERS.map((status) => [status, 0])),
  changes: { journal: 0, parked: 0, unrouted: 0, dropped: 0 },
  intake: {
    lag: createHistogram(LAG_SECONDS),
    duration: createHistogram(RUN_SECONDS),
    size: createHistogram(RUN_CHANGES),
  },
  sends: { accepted: 0, refused: 0, 'not-sent': 0, unknown: 0 },
  fetches: {
    stored: 0,
    gone: 0,
    missing: 0,
    'too-large': 0,
    'other-file': 0,
    'turned-down': 0,
    unreachable: 0,
    'no-token': 0,
    'no-space': 0,
    'cut-off': 0,
  },
  requests: new Map(),
});

/** One more of a kind. */
export function add<Key>(counted: Map<Key, number>, key: Key): void {
  counted.set(key, (counted.get(key) ?? 0) + 1);
}

type Answered = { method: string; route: string; status: number; seconds: number };

export function countRequest({ requests }: Counts, { method, route, status, seconds }: Answered): void {
  const name = `${method} ${route}`;
  let counted = requests.get(name);
  if (counted === undefined) {
    counted = { method, route, classes: new Map(), seconds: createHistogram(REQUEST_SECONDS) };
    requests.set(name, counted);
  }
  add(counted.classes, Math.floor(status / 100));
  observe(counted.seconds, seconds);
}

/** Begins a run of the intake; what it returns is called with the changes that were taken in, if any. */
export function beginRun({ intake }: Counts, now: () => number): (rows: readonly Arrived[]) => void {
  const begun = performance.now();
  return (rows) => {
    if (rows.length > 0) {
      const at = now();
      observe(intake.duration, (performance.now() - begun) / 1000);
      observe(intake.size, rows.length);
      for (const { receivedAt } of rows) {
        observe(intake.lag, Math.max(0, at - receivedAt) / 1000);
      }
    }
  };
}

type Arrived = { receivedAt: number };
