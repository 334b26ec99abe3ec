/** A number that customers write to, and the secret its app signs with. */
export type Line = { phoneNumberId: string; wabaId: string; displayPhoneNumber: string; appSecret: string };

/** Where a number's webhooks go: the address with its path. */
export type Target = { url: string; line: Line };

/** Which webhooks to send: each carries one text of one customer. */
export type Job = {
  /** On one server; they take turns. */
  to: readonly Target[];
  /** Customers by their index: `from` to below `end`. Those of `known` write again and again, the others once. */
  known: { from: number; end: number };
  newcomers: { from: number; end: number };
  /** How many come from known customers. */
  fromKnown: number;
  /** What the last one says; it is sent when all others have been answered. */
  last?: { customer: number; text: string };
  /** Whether each text begins with its number in the order of sending, and `due` is reported. */
  isNumbered?: boolean;
  seed: number;
  pace: Pace;
};

/** So many at once, each as soon as one is answered; or so many a second, answered or not. */
export type Pace = { inFlight: number } | { perSecond: number };

/** What came of it. Times are milliseconds since 1970, with fractions. */
export type Sent = {
  count: number;
  startedAt: number;
  endedAt: number;
  /** How often each status came. */
  statuses: Record<string, number>;
  /** From the moment each was due. */
  latency: { p50: number; p99: number; most: number };
  /** How late requests left: it bounds what the latencies can be trusted for. */
  lateP99: number;
  /** When each was due, by its number. */
  due?: number[];
};

export type Answer = { kind: 'ready' } | { kind: 'sent'; sent: Sent } | { kind: 'failed'; why: string };
export type Order = { kind: 'prepare'; job: Job } | { kind: 'go' };
