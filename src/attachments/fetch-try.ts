import type { Inbox } from '#src/db/inbox.ts';
import { FileTooLarge, StorageFull } from '#src/errors.ts';
import type { Services } from '#src/services.ts';
import { type Download, type Refusal, type Sending, TransferFailed } from '#src/whatsapp/client.ts';
import { isAnnounced } from './announced-hash.ts';
import type { Allowance } from './fetch-allowance.ts';
import type { FetchClaim } from './fetch-due.ts';
import type { FetchOutcome } from './fetch-verdict.ts';

export type TryParts = Pick<Services, 'log' | 'vault' | 'whatsapp'> & {
  /** Bytes on their way in the whole process. */
  allowance: Allowance;
};

/** Whatever type it is of: Meta passes on nothing larger. */
export const MOST_BYTES = 100 * 1024 * 1024;
/** Counted for a file whose size nobody has said yet. */
const UNKNOWN_BYTES = 16 * 1024 * 1024;

/** Where a file is, and what is announced about it. */
type Place = { url: string; sha256: string | null; bytes: number | null };
type Order = FetchClaim & { sending: Sending };
type Missed = Exclude<FetchOutcome, { kind: 'stored' }>;

/**
 * One try to fetch a file into the vault. `hint` is the address that the webhook gave: it saves a question while it
 * holds, and where it leads anywhere else than to Meta, the file is asked for by its id. Whatever goes wrong with Meta
 * or the disk is an outcome.
 */
export async function tryToFetch(
  parts: TryParts,
  inbox: Inbox,
  claim: FetchClaim,
  { hint, signal }: { hint: string | null; signal: AbortSignal },
): Promise<FetchOutcome> {
  const { sending } = claim;
  if (sending === null) {
    return { kind: 'no-token' };
  }
  const outcome = await follow(parts, inbox, { ...claim, sending }, { hint, signal });
  return signal.aborted && outcome.kind === 'unreachable' ? { kind: 'cut-off' } : outcome;
}

async function follow(
  parts: TryParts,
  inbox: Inbox,
  claim: Order,
  { hint, signal }: { hint: string | null; signal: AbortSignal },
): Promise<FetchOutcome> {
  const known = hint === null ? null : { url: hint, sha256: null, bytes: null };
  const first = known ?? (await askForPlace(parts, claim, signal));
  if ('kind' in first) {
    return first;
  }
  const found = await download(parts, inbox, claim, first, signal);
  if (found !== 'ask-again') {
    return found;
  }
  const second = await askForPlace(parts, claim, signal);
  if ('kind' in second) {
    return second;
  }
  const again = await download(parts, inbox, claim, second, signal);
  return again === 'ask-again'
    ? unreachable('the address did not hold, and neither did the next one')
    : again;
}

async function askForPlace(
  { whatsapp }: TryParts,
  { sending, mediaId }: Order,
  signal: AbortSignal,
): Promise<Place | Missed> {
  if (mediaId === null) {
    return { kind: 'gone' };
  }
  const reading = await whatsapp.readMedia(sending, mediaId, signal);
  if (reading.ok) {
    return reading;
  }
  const { problem, isMissing } = reading;
  if (isMissing) {
    return { kind: 'missing' };
  }
  return problem.kind === 'refused'
    ? { kind: 'turned-down', refusal: problem satisfies Refusal }
    : unreachable(problem.why);
}

async function download(
  parts: TryParts,
  inbox: Inbox,
  claim: Order,
  place: Place,
  signal: AbortSignal,
): Promise<FetchOutcome | 'ask-again'> {
  const { allowance, log, whatsapp } = parts;
  if (place.bytes !== null && place.bytes > MOST_BYTES) {
    return { kind: 'too-large' };
  }
  const release = await allowance.take(place.bytes ?? UNKNOWN_BYTES);
  try {
    const answer = await whatsapp.download(claim.sending, place.url, signal);
    if (answer.ok) {
      return await keep(parts, inbox, claim, place, answer);
    } else if (answer.kind === 'failed') {
      return unreachable(answer.why, answer.retryAfterMs);
    } else if (answer.kind === 'refused-address') {
      log.warn(
        { account: inbox.accountId, file: claim.fileId, why: answer.why },
        'an address was not followed',
      );
    }
    return 'ask-again';
  } finally {
    release();
  }
}

async function keep(
  { vault }: TryParts,
  inbox: Inbox,
  { fileId, sha256 }: Order,
  place: Place,
  answer: Extract<Download, { ok: true }>,
): Promise<FetchOutcome> {
  if (answer.length !== null && answer.length > MOST_BYTES) {
    await answer.body.return(undefined);
    return { kind: 'too-large' };
  }
  try {
    const stored = await vault.write(inbox, fileId, answer.body, MOST_BYTES);
    if (isAnnounced([sha256, place.sha256], stored.sha256)) {
      return { kind: 'stored', stored };
    }
    await vault.remove(inbox, stored.path);
    return { kind: 'other-file' };
  } catch (error) {
    if (error instanceof FileTooLarge) {
      return { kind: 'too-large' };
    } else if (error instanceof TransferFailed) {
      return unreachable(error.message);
    } else if (error instanceof StorageFull) {
      return { kind: 'no-space' };
    }
    throw error;
  }
}

function unreachable(why: string, retryAfterMs: number | null = null) {
  return { kind: 'unreachable', why, retryAfterMs } as const;
}
