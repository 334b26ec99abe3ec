import type { SendOutcome } from '#src/whatsapp/client.ts';
import { type Clock, decide, type Verdict } from './outcome.ts';
import { type BackOff, backOff } from './outcome-backoff.ts';
import { FILE_GONE, NOT_TAKEN, refusedFile } from './upload-error.ts';

type Refusal = Extract<SendOutcome, { kind: 'refused' }>;

/** How one try to give a file to Meta ended. */
export type UploadOutcome =
  | { kind: 'uploaded'; mediaId: string }
  | Refusal
  /** Nothing left this machine. */
  | { kind: 'not-sent'; why: string }
  /** It ended without an answer. No message was in it, so that it may be done again. */
  | { kind: 'unknown'; why: string }
  /** The file cannot be read here. */
  | { kind: 'unreadable' };

type Facts = Clock & {
  /** How often Meta has refused this message for the same reason before. */
  refusals: number;
  /** How many tries to upload this file have ended without an answer. */
  tries: number;
};

/** About three quarters of an hour in all. */
const MOST_TRIES = 12;
const RETRY: BackOff = { first: 2_000, factor: 2, longest: 600_000 };

/** What it means for the message; null when its file is there. */
export function decideUpload(
  outcome: UploadOutcome,
  facts: Facts,
): Exclude<Verdict, { to: 'accepted' }> | null {
  switch (outcome.kind) {
    case 'uploaded':
      return null;
    case 'unreadable':
      return { to: 'failed', error: FILE_GONE };
    case 'unknown':
      return facts.tries < MOST_TRIES
        ? {
            to: 'queued',
            notBefore: facts.now + backOff(RETRY, facts.tries, facts.random),
            hold: null,
            pause: null,
          }
        : { to: 'failed', error: NOT_TAKEN };
    default: {
      const verdict = decide(outcome, facts);
      const isFinal = outcome.kind === 'refused' && ['F', 'T', 'U'].includes(outcome.class);
      return isFinal ? { to: 'failed', error: refusedFile(outcome.error.code) } : asRetry(verdict);
    }
  }
}

/** Of a refusal or of what was not sent nothing else can come. */
function asRetry(verdict: Verdict): Exclude<Verdict, { to: 'accepted' }> {
  return verdict.to === 'accepted' ? { to: 'unknown' } : verdict;
}
