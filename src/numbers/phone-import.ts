import type { phoneImportStates, phoneImportSteps } from '#src/db/schema/inbox/numbers.ts';

export type PhoneImportStep = (typeof phoneImportSteps)[number];

/** What has become of asking a phone for its contacts or its history. */
export type PhoneImport = {
  step: PhoneImportStep;
  state: (typeof phoneImportStates)[number];
  /** Our clock, ms. */
  askedAt: number;
  /** Meta's, of a refusal. */
  errorCode: number | null;
};

/** It was granted before, so it is not a refusal. */
export const ASKED_BEFORE = 2593107;
/** The business has said no on its phone. */
export const NOT_SHARED = 2593109;
/** More than 24 hours after the number was connected. */
const TOO_LATE = 2593108;

/** More than any answer of Meta's takes: what was asked before is not going to be answered. */
const ANSWERED_WITHIN_MS = 60_000;

/**
 * Whether it may be asked for: `freely`; `knowingly`, by somebody who has read that it may have been granted already, or
 * why Meta refuses it until the number is connected anew; or `no`, since Meta grants it once.
 */
export function mayAsk(known: PhoneImport | undefined, now: number): 'freely' | 'knowingly' | 'no' {
  switch (known?.state) {
    case undefined:
      return 'freely';
    case 'taken':
      return 'no';
    case 'refused':
      return [TOO_LATE, NOT_SHARED].includes(known.errorCode ?? 0) ? 'knowingly' : 'freely';
    case 'unknown':
      return 'knowingly';
    case 'asked':
      return now - known.askedAt < ANSWERED_WITHIN_MS ? 'no' : 'knowingly';
  }
}
