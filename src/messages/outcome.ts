import type { SendOutcome } from '#src/whatsapp/client.ts';
import { inPlainWords, meantCode } from '#src/whatsapp/errors.ts';
import { type BackOff, backOff } from './outcome-backoff.ts';
import type { MessageError } from './thread-message.ts';

export type Wider = 'number' | 'account';

/** What one try to send means for the message: the table of a message's way out, nothing else. */
export type Verdict =
  | { to: 'accepted'; wamid: string }
  /**
   * Tried again from `notBefore` on. `hold`: others wait as long. `pause`: nothing goes until an admin has settled
   * the reason, `token` or a code of Meta's. `upload`: these files first, since Meta does not know an id of theirs any more.
   */
  | {
      to: 'queued';
      notBefore: number;
      hold: Wider | null;
      pause: { scope: Wider; reason: string } | null;
      upload?: readonly SentFile[];
    }
  | { to: 'failed'; error: MessageError }
  | { to: 'unknown' };

/** A file of ours as a message named it to Meta. */
export type SentFile = { id: number; mediaId: string };

export type Clock = {
  now: number;
  /** 0 to 1. */
  random: () => number;
};
export type Facts = Clock & {
  /** How often Meta has refused this message before. */
  refusals: number;
  /** What went with it. */
  files?: readonly SentFile[];
};

type Refusal = Extract<SendOutcome, { kind: 'refused' }>;

/** About three quarters of an hour in all: a short outage of Meta's is slept through, a long one is told. */
const MOST_REFUSALS = 12;
const RETRY: BackOff = { first: 2_000, factor: 2, longest: 600_000 };
const RETRY_ONCE: BackOff = { first: 2_000, factor: 1, longest: 2_000 };
/** Meta's own advice for a pair: 4^n seconds. */
const RECIPIENT_WAIT: BackOff = { first: 8_000, factor: 4, longest: 3_600_000 };
const SCOPE_WAIT: BackOff = { first: 60_000, factor: 2, longest: 3_600_000 };
/** However long Meta says: then it is asked again, so that a value that is none holds nobody up for days. */
const LONGEST_ASKED_MS = 3_600_000;
/** Nothing left the machine, so the same message may go at once; the breaker holds the number back. */
const NOT_SENT_WAIT_MS = 500;

export function decide(outcome: SendOutcome, facts: Facts): Verdict {
  switch (outcome.kind) {
    case 'accepted':
      return { to: 'accepted', wamid: outcome.wamid };
    case 'unknown':
      return { to: 'unknown' };
    case 'not-sent':
      return again(facts.now + NOT_SENT_WAIT_MS);
    case 'refused':
      return decideRefusal(outcome, facts);
  }
}

function decideRefusal(refusal: Refusal, facts: Facts): Verdict {
  const { now, refusals, files = [] } = facts;
  const code = refusal.error.code;
  // All of them: what Meta has forgotten one of, it has as a rule forgotten together, and this is done once.
  if (refusals < 1 && files.some((file) => isAboutMedia(refusal, file))) {
    return { ...again(now), upload: files };
  }
  switch (refusal.class) {
    case 'R':
      return refusals < MOST_REFUSALS ? later(refusal, RETRY, facts) : failed(code);
    case 'R1':
      return refusals < 1 ? later(refusal, RETRY_ONCE, facts) : failed(code);
    case 'R*':
      return later(refusal, widerOf(refusal) ? SCOPE_WAIT : RECIPIENT_WAIT, facts);
    case 'A': {
      if (refusal.scope === 'message') {
        return failed(code);
      }
      const reason = isAboutToken(code) ? 'token' : String(meantCode(code, refusal.error.subcode));
      return { ...again(now), pause: { scope: widerOf(refusal) ?? 'number', reason } };
    }
    case 'T':
    case 'F':
    case 'U':
      return failed(code);
  }
}

/** What Meta asks for may make the wait longer, never shorter: "at once" would be asked for again and again. */
function later(refusal: Refusal, wait: BackOff, { now, refusals, random }: Facts): Verdict {
  const asked = Math.min(LONGEST_ASKED_MS, refusal.retryAfterMs ?? 0);
  const notBefore = now + Math.max(asked, backOff(wait, refusals, random));
  return { ...again(notBefore), hold: widerOf(refusal) };
}

function widerOf({ scope }: Refusal): Wider | null {
  return scope === 'number' || scope === 'account' ? scope : null;
}

/** Codes that another access token mends, expired or lacking a permission: connecting the number anew resumes it. */
export function isAboutToken(code: number): boolean {
  return [0, 3, 10, 190, 131005].includes(code) || (code >= 200 && code <= 299);
}

function again(notBefore: number): Extract<Verdict, { to: 'queued' }> {
  return { to: 'queued', notBefore, hold: null, pause: null };
}

/** Invalid parameters, of which Meta says in words alone which one it is. */
function isAboutMedia({ error: { code, title, detail } }: Refusal, { mediaId }: SentFile): boolean {
  const words = `${title} ${detail}`;
  return [100, 131009].includes(code) && (/\bmedia\b/i.test(words) || words.includes(mediaId));
}

function failed(code: number): Verdict {
  return { to: 'failed', error: failure(code) };
}

/** Why a message has failed, by Meta's code, in words for the person who wrote it. It is not tried again by itself. */
export function failure(code: number): MessageError {
  const { title, whatToDo, whenFailed = whatToDo } = inPlainWords(code);
  return { code, title, detail: whenFailed };
}
