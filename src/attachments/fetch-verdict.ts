import { isAboutToken } from '#src/messages/outcome.ts';
import { type BackOff, backOff } from '#src/messages/outcome-backoff.ts';
import type { Refusal } from '#src/whatsapp/client.ts';
import {
  blocked,
  type FileError,
  GONE,
  MISSING,
  NO_SPACE,
  NO_TOKEN,
  OTHER_FILE,
  TIMED_OUT,
  TOO_LARGE,
  turnedDown,
} from './fetch-words.ts';
import type { Stored } from './vault/vault.ts';

/** What one try to fetch a file came to. */
export type FetchOutcome =
  | { kind: 'stored'; stored: Stored }
  /** It has no id at Meta to be asked for by. */
  | { kind: 'gone' }
  /** Meta does not have it, or does not show it to this token. While Meta keeps files, only the token can have changed. */
  | { kind: 'missing' }
  | { kind: 'too-large' }
  /** Its hash is not the announced one: another file, a page of some proxy, a damaged one. */
  | { kind: 'other-file' }
  /** Meta answered with an error of its own. */
  | { kind: 'turned-down'; refusal: Pick<Refusal, 'class' | 'retryAfterMs'> & { error: { code: number } } }
  /** No answer, a broken line, a faulty answer. */
  | { kind: 'unreachable'; why: string; retryAfterMs: number | null }
  /** The number has no token that Meta is known to accept, so Meta was not asked. */
  | { kind: 'no-token' }
  | { kind: 'no-space' }
  /** The program ends. */
  | { kind: 'cut-off' };

/** What becomes of a file after a try. `error` says on the way why it takes so long, and in the end why it is not here. */
export type FetchVerdict =
  | { to: 'stored'; stored: Stored }
  | { to: 'waiting'; nextAt: number; tries: number; error: FileError | null }
  | { to: 'failed' | 'refused'; error: FileError };

export type FetchFacts = {
  now: number;
  /** This one among them. */
  tries: number;
  /** Until when Meta keeps the file; null when nobody knows. */
  until: number | null;
  /** 0 to 1. */
  random: () => number;
};

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Meta keeps a file for 7 days: about 35 tries. */
const RETRY: BackOff = { first: 5_000, factor: 3, longest: 6 * HOUR_MS };
/** Nobody's fault that a file should be given up for: an admin or the operator has to act. */
const OTHERS_FIRST_MS = 10 * MINUTE_MS;
/** About ten minutes of them: what comes is not this file, and each costs its whole size. */
export const MOST_OTHER_FILES = 6;

/** The longest that a file waits for its next try. */
export const LONGEST_WAIT_MS = RETRY.longest;

export function judge(outcome: FetchOutcome, facts: FetchFacts): FetchVerdict {
  switch (outcome.kind) {
    case 'stored':
      return { to: 'stored', stored: outcome.stored };
    case 'gone':
      return { to: 'failed', error: GONE };
    case 'missing':
      return unspent(facts, OTHERS_FIRST_MS, MISSING, GONE);
    case 'too-large':
      return { to: 'refused', error: TOO_LARGE };
    case 'other-file':
      return facts.tries < MOST_OTHER_FILES ? later(facts, null) : { to: 'refused', error: OTHER_FILE };
    case 'turned-down':
      return judgeRefusal(outcome.refusal, facts);
    case 'unreachable':
      return later(facts, outcome.retryAfterMs);
    case 'no-token':
      return unspent(facts, OTHERS_FIRST_MS, NO_TOKEN);
    case 'no-space':
      return unspent(facts, OTHERS_FIRST_MS, NO_SPACE);
    case 'cut-off':
      return unspent(facts, 0, null);
  }
}

type Refused = Extract<FetchOutcome, { kind: 'turned-down' }>['refusal'];

function judgeRefusal({ class: is, retryAfterMs, error }: Refused, facts: FetchFacts): FetchVerdict {
  switch (is) {
    case 'A':
      return unspent(facts, OTHERS_FIRST_MS, isAboutToken(error.code) ? NO_TOKEN : blocked(error.code));
    case 'R':
    case 'R1':
    case 'R*':
      return later(facts, retryAfterMs);
    case 'F':
    case 'T':
    case 'U':
      return { to: 'failed', error: turnedDown(error.code) };
  }
}

/** What Meta asks for may make the wait longer, never shorter: "at once" would be asked for again and again. */
function later({ now, tries, until, random }: FetchFacts, retryAfterMs: number | null): FetchVerdict {
  const wait = Math.min(LONGEST_WAIT_MS, Math.max(retryAfterMs ?? 0, backOff(RETRY, tries - 1, random)));
  return inTime(until, now, { to: 'waiting', nextAt: now + wait, tries, error: null });
}

/** A try that does not count. */
function unspent(
  { now, tries, until }: FetchFacts,
  wait: number,
  error: FileError | null,
  inTheEnd = TIMED_OUT,
): FetchVerdict {
  const waiting = { to: 'waiting' as const, nextAt: now + wait, tries: Math.max(0, tries - 1), error };
  return wait === 0 ? waiting : inTime(until, now, waiting, inTheEnd);
}

/** The last try is made at the very end of Meta's time. */
function inTime(
  until: number | null,
  now: number,
  waiting: Extract<FetchVerdict, { to: 'waiting' }>,
  inTheEnd = TIMED_OUT,
): FetchVerdict {
  if (until === null) {
    return waiting;
  }
  return now >= until
    ? { to: 'failed', error: inTheEnd }
    : { ...waiting, nextAt: Math.min(waiting.nextAt, until) };
}
