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

/** It was granted before: to us, if our answer was lost, or else to another program. */
export const ASKED_BEFORE = 2593107;
/** The business has said no on its phone. */
export const NOT_SHARED = 2593109;
/** More than 24 hours after the number was connected. */
const TOO_LATE = 2593108;

/** More than any answer of Meta's takes: what was asked before is not going to be answered. */
const ANSWERED_WITHIN_MS = 60_000;

/**
 * Whether it may be asked for: `freely`; `knowingly`, by somebody who has read that it may have been granted already, or
 * why Meta refuses it until the number is connected anew, of which nothing is told here; or `no`, since Meta grants it
 * once.
 */
export function mayAsk(known: PhoneImport | undefined, now: number): 'freely' | 'knowingly' | 'no' {
  switch (known?.state) {
    case undefined:
      return 'freely';
    case 'taken':
      return 'no';
    case 'refused':
      return isUntilAnew(known) ? 'knowingly' : 'freely';
    case 'unknown':
      return 'knowingly';
    case 'asked':
      return now - known.askedAt < ANSWERED_WITHIN_MS ? 'no' : 'knowingly';
  }
}

const isUntilAnew = ({ errorCode }: PhoneImport) =>
  [TOO_LATE, NOT_SHARED, ASKED_BEFORE].includes(errorCode ?? 0);

/**
 * What is known once Meta has said that it was granted before. After an answer that was lost, it was granted to us. After
 * a refusal it was not: that the business shares nothing still stands, and else another program has got it meanwhile.
 */
export function afterAskedBefore(known: PhoneImport | undefined): Pick<PhoneImport, 'state' | 'errorCode'> {
  const isRefused = known?.state === 'refused' && isUntilAnew(known);
  return {
    state: isRefused ? 'refused' : 'taken',
    errorCode: isRefused && known.errorCode === NOT_SHARED ? NOT_SHARED : ASKED_BEFORE,
  };
}

/** Whether the next step may be asked for: this one was granted, to whomever. */
export const isGranted = ({ state, errorCode }: PhoneImport): boolean =>
  state === 'taken' || errorCode === ASKED_BEFORE;
