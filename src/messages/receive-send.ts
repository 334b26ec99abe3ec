import { type Arrival, type Run, wamidKey } from '#src/webhooks/run.ts';
import type { KnownNumber } from '#src/webhooks/stored.ts';
import type { Callback } from './receive-callback.ts';
import type { StatusReport } from './receive-progress.ts';
import { reportedStatus } from './status.ts';

type Evidence = { number: KnownNumber; wamid: string; report: StatusReport };

/**
 * A status that carries our value proves that this try reached Meta: its outcome is known now, its wamid learnt,
 * and nothing is left to send. Only the failure of an earlier try says nothing about a later one, nor does that it
 * was once sent when it is known to have failed: then this is false, and the message does not move with it.
 */
export function settleSend(
  run: Run,
  { subjectId, attempt }: Callback,
  seen: Evidence,
  arrival: Arrival,
): boolean {
  const { number, wamid, report } = seen;
  const message = run.messages.get(subjectId);
  const subject = message ?? run.reactions.get(subjectId);
  const send = run.sends.get(subjectId);
  const reported = reportedStatus(report.status);
  if (subject?.numberId !== number.id || reported === null) {
    return true;
  }
  const isEarlier = send
    ? attempt < send.attempt
    : message !== undefined && message.wamid !== null && message.wamid !== wamid;
  const isKnown = reported === 'sent' && send !== undefined && message?.wamid === wamid;
  const isOfEarlierTry = isEarlier && (reported === 'failed' || isKnown);
  if (send && !isOfEarlierTry) {
    run.made.settled.add(subjectId);
  }
  const isTaken = run.messages.find(wamidKey(number.id, wamid)) !== undefined;
  const isMissing = message?.wamid === null || (send !== undefined && !isEarlier);
  if (message && isMissing && !isOfEarlierTry && !isTaken) {
    run.messages.change(subjectId, { wamid });
  }
  const moment = { startedAt: report.at, endedAt: arrival.at };
  run.made.attempts.push({ subjectId, attempt, ...moment, outcome: 'accepted', wamid });
  return !isOfEarlierTry;
}
