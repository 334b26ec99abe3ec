import type { Call } from '#src/messages/thread-message.ts';
import { asMoment, asNumber, asWords, type Fields } from '../shape.ts';

/** What one webhook says about a call, as far as it goes. */
export type CallReport = {
  /** Meta's id of it, `wacid.…`. */
  callId: string;
  /** By the customer (`in`) or by the business. */
  direction: 'in' | 'out';
  /** Meta's word: `connect`, `terminate`, or a status such as `RINGING`. */
  event: string;
  /** Of this event, ms. */
  at: number;
  /** When the call began, as well as this event tells; ms. */
  beganAt: number;
  outcome: Call['outcome'];
  /** Seconds spoken. */
  seconds: number | null;
};

export type CallEvent = Omit<CallReport, 'direction'>;

/** What says that it lasted longer than a week is not believed: it would have begun before there were dates. */
const LONGEST_S = 7 * 24 * 60 * 60;

/** `otherwiseAt` stands in for a time that is not given. Null without an id or an event. */
export function readCallEvent(call: Fields, otherwiseAt: number): CallEvent | null {
  const callId = asWords(call.id);
  const event = asWords(call.event);
  if (callId === null || event === null) {
    return null;
  }
  const at = asMoment(call.timestamp) ?? otherwiseAt;
  const duration = asNumber(call.duration);
  const seconds = duration !== null && duration > 0 && duration <= LONGEST_S ? Math.round(duration) : null;
  const answeredAt = asMoment(call.start_time) ?? (seconds === null ? null : at - seconds * 1000);
  return {
    callId,
    event,
    at,
    beganAt: answeredAt ?? at,
    outcome: event === 'terminate' ? outcomeOf(call.status, answeredAt !== null) : 'ringing',
    seconds,
  };
}

/** A call that was put through has a beginning or a length. */
function outcomeOf(status: unknown, wasPutThrough: boolean): Call['outcome'] {
  return status !== 'FAILED' && wasPutThrough ? 'answered' : 'missed';
}

const OUTCOMES = new Map<string, Call['outcome']>([
  ['ACCEPTED', 'answered'],
  ['REJECTED', 'declined'],
]);

/** A status of a call to a customer: `{ "id", "type": "call", "status": "RINGING" | "ACCEPTED" | "REJECTED" }`. */
export function readCallStatus(status: Fields, otherwiseAt: number): CallEvent | null {
  const callId = asWords(status.id);
  const event = asWords(status.status);
  if (callId === null || event === null) {
    return null;
  }
  const at = asMoment(status.timestamp) ?? otherwiseAt;
  return { callId, event, at, beganAt: at, outcome: OUTCOMES.get(event) ?? 'ringing', seconds: null };
}
