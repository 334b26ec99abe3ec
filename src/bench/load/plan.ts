import type { Job, Pace, Target } from './job.ts';

// Who writes in a run: a pool of customers whom everybody knows, and new ones.

const NEWCOMERS = 0.1;
/** As many as Meta has been seen to have on their way at once, and enough to keep every process busy. */
export const ALL_OUT: Pace = { inFlight: 64 };

export type Plan = { to: Target; webhooks: number; pool: number; pace: Pace };
export type JobWithLast = Job & { last: NonNullable<Job['last']> };

/** Everybody of the pool writes once, so that they are known afterwards, and the code that takes it in is warm. */
export function warmUp({ to, pool }: Pick<Plan, 'to' | 'pool'>): JobWithLast {
  return {
    to: [to],
    known: { from: 0, end: 1 },
    fromKnown: 0,
    newcomers: { from: 0, end: pool },
    last: { customer: pool, text: 'This was the last word of the warm-up.' },
    seed: 1,
    pace: ALL_OUT,
  };
}

/** Nine of ten come from the pool, the tenth from somebody new; the last is somebody new as well. */
export function mixed({ to, webhooks, pool, pace }: Plan): JobWithLast {
  const others = webhooks - 1;
  const fresh = Math.round(others * NEWCOMERS);
  const from = pool + 2;
  return {
    to: [to],
    known: { from: 0, end: pool },
    fromKnown: others - fresh,
    newcomers: { from, end: from + fresh },
    last: { customer: pool + 1, text: 'And this is the last word of all.' },
    seed: 2,
    pace,
  };
}

/** Nobody writes twice, so that each message is shown for itself; each text is numbered. */
export function eachOnce({ to, webhooks, pool, pace }: Plan): JobWithLast {
  const others = webhooks - 1;
  const fresh = Math.round(others * NEWCOMERS);
  const end = pool + 2 + fresh;
  return {
    to: [to],
    known: { from: 0, end: 1 },
    fromKnown: 0,
    newcomers: { from: end - others, end },
    last: { customer: end, text: 'And this is the last word of all.' },
    isNumbered: true,
    seed: 3,
    pace,
  };
}
