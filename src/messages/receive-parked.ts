import type { Arrival, Run } from '#src/webhooks/run.ts';
import type { CallReport } from '#src/whatsapp/updates.ts';
import type { StatusReport } from './receive-progress.ts';
import type { InboundReaction } from './receive-reaction.ts';
import type { Rewrite } from './receive-rewriting.ts';

/** What came before the message it belongs to. It waits for 7 days, then it is forgotten. */
export type ParkedItem =
  | ({ kind: 'status' } & StatusReport)
  | ({ kind: 'reaction' } & InboundReaction)
  | Rewrite
  | ({ kind: 'call' } & CallReport)
  | { kind: 'quote'; quotedBy: number };

export const PARKED_FOR_MS = 7 * 24 * 60 * 60 * 1000;

type Place = { numberId: number; wamid: string };

export function parkStatus(run: Run, place: Place, report: StatusReport, arrival: Arrival): void {
  park(run, place, { name: report.status, at: report.at, item: { kind: 'status', ...report } }, arrival);
}

export function parkReaction(run: Run, place: Place, reaction: InboundReaction, arrival: Arrival): void {
  const name = `reaction:${reaction.by}`;
  park(run, place, { name, at: reaction.at, item: { kind: 'reaction', ...reaction } }, arrival);
}

/** Each change waits by itself: which of them counts is for their times to say. */
export function parkRewrite(run: Run, place: Place, rewrite: Rewrite, arrival: Arrival): void {
  park(run, place, { name: `${rewrite.kind}:${rewrite.wamid}`, at: rewrite.at, item: rewrite }, arrival);
}

/** A status of a call that does not say whom it is with. */
export function parkCall(run: Run, place: Place, report: CallReport, arrival: Arrival): void {
  const { event, at } = report;
  park(run, place, { name: `call:${event}`, at, item: { kind: 'call', ...report } }, arrival);
}

/** A message that quotes one which is not there. */
export function parkQuote(
  run: Run,
  place: Place,
  quoting: { id: number; at: number },
  arrival: Arrival,
): void {
  const name = `quote:${quoting.id}`;
  park(run, place, { name, at: quoting.at, item: { kind: 'quote', quotedBy: quoting.id } }, arrival);
}

function park(
  run: Run,
  { numberId, wamid }: Place,
  { name, at, item }: { name: string; at: number; item: ParkedItem },
  arrival: Arrival,
): void {
  const data = JSON.stringify(item);
  run.parked.park({ numberId, wamid, status: name, at, data, expiresAt: arrival.at + PARKED_FOR_MS });
}
