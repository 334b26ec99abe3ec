import { classOf, type ErrorClass, type ErrorScope, scopeOf, waitOf } from './errors.ts';
import type { Answer } from './exchange.ts';
import type { Failure } from './failure.ts';
import { type MetaError, readGraphError } from './meta-error.ts';
import { readIds } from './sender.ts';
import { asFields, asList, asWords, type Fields, isTrue } from './shape.ts';

/** A refusal in the Graph API's own words is certain, whatever its HTTP status. */
export type Refusal = {
  kind: 'refused';
  error: MetaError;
  class: ErrorClass;
  scope: ErrorScope | null;
  /** How long Meta asks to wait, ms, when it says or is known to. */
  retryAfterMs: number | null;
  /** How long Meta wants silence from the number, ms, whatever becomes of this message; see `restOf`. */
  restMs?: number | null;
};

export type SendOutcome =
  | { kind: 'accepted'; wamid: string; waId: string | null; bsuid: string | null; restMs?: number | null }
  | Refusal
  /** Certain: nothing left this machine. */
  | { kind: 'not-sent'; why: string }
  /** It may or may not have been taken: never repeated blindly. */
  | { kind: 'unknown'; why: string };

export type Unsettled = Refusal | Failure;

export function sendOutcome(answer: Answer | Failure, token: string): SendOutcome {
  const accepted = isSuccess(answer) ? readAccepted(answer.json) : null;
  return accepted ? { ...accepted, ...restAfter(answer) } : unsettled(answer, token);
}

export function receiptOutcome(answer: Answer | Failure, token: string): Unsettled | { kind: 'done' } {
  const isDone = isSuccess(answer) && isTrue(asFields(answer.json)?.success);
  return isDone ? { kind: 'done' } : unsettled(answer, token);
}

export function unsettled(answer: Answer | Failure, token: string): Unsettled {
  if (answer.kind !== 'answer') {
    return answer;
  }
  const error = readGraphError(answer.json);
  if (error === null) {
    return { kind: 'unknown', why: `the answer could not be read (HTTP ${answer.status})` };
  }
  const details = { ...error, httpStatus: answer.status };
  return {
    kind: 'refused',
    error: withoutToken(error, token),
    class: classOf(error.code, details),
    scope: scopeOf(error.code, details),
    retryAfterMs: answer.retryAfterMs ?? answer.restMs ?? waitOf(error.code),
    ...restAfter(answer),
  };
}

/** Only when there is one: most answers have none. */
function restAfter(answer: Answer | Failure): { restMs?: number } {
  return answer.kind === 'answer' && answer.restMs ? { restMs: answer.restMs } : {};
}

export function isSuccess(answer: Answer | Failure): answer is Answer {
  return answer.kind === 'answer' && answer.status >= 200 && answer.status < 300;
}

/** Both lists were seen to hold null, and a message to a BSUID has no `wa_id`. */
function readAccepted(json: unknown): SendOutcome | null {
  const answer = asFields(json);
  const wamid = first(answer?.messages, (message) => asWords(message.id));
  const contact = first(answer?.contacts, (one) => one);
  const { phone, bsuid } = readIds(contact?.wa_id, contact?.user_id, undefined);
  return wamid === null ? null : { kind: 'accepted', wamid, waId: phone, bsuid };
}

function first<T>(list: unknown, read: (fields: Fields) => T | null): T | null {
  for (const item of asList(list)) {
    const fields = asFields(item);
    const found = fields === null ? null : read(fields);
    if (found !== null) {
      return found;
    }
  }
  return null;
}

/** Meta quotes a token that it finds malformed. */
function withoutToken(error: MetaError, token: string): MetaError {
  return {
    ...error,
    title: error.title.replaceAll(token, '…'),
    detail: error.detail.replaceAll(token, '…'),
  };
}
