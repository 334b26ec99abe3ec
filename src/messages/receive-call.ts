import { isBlocked } from '#src/contacts/person.ts';
import { recognise } from '#src/contacts/recognise.ts';
import { waitingAfterInbound } from '#src/conversations/waiting.ts';
import { windowAfterInbound } from '#src/conversations/window.ts';
import { type Arrival, hearFrom, mention, type Run, touch, wamidKey } from '#src/webhooks/run.ts';
import type { KnownMessage, KnownNumber } from '#src/webhooks/stored.ts';
import type { CallReport, Sender, Update } from '#src/whatsapp/updates.ts';
import { continueCase, openCaseOf } from './receive-case.ts';
import { findThread, noteConflict, threadAfter } from './receive-conversation.ts';
import { parkCall } from './receive-parked.ts';
import { callRow } from './receive-row.ts';
import { settleParked } from './receive-settle.ts';
import { readContent } from './stored-content.ts';
import type { Call } from './thread-message.ts';

/**
 * Takes in what is said about a call. The first thing that is said makes it a line of its thread, which the others
 * complete in whatever order they come. A customer's call opens the window and asks for an answer, also when
 * somebody took it: what was said is not here.
 */
export function receiveCall(run: Run, update: Extract<Update, { kind: 'call' }>, arrival: Arrival): void {
  const number = hearFrom(run, update.phoneNumberId, arrival);
  const { sender, kind: _, position: __, phoneNumberId: ___, ...report } = update;
  const known = run.messages.find(wamidKey(number.id, report.callId));
  if (known) {
    callGoesOn(run, known, report);
  } else if (sender === null) {
    parkCall(run, { numberId: number.id, wamid: report.callId }, report, arrival);
  } else {
    callBegins(run, number, { sender, report }, arrival);
  }
}

type Beginning = { sender: Sender; report: CallReport };

function callBegins(run: Run, number: KnownNumber, { sender, report }: Beginning, arrival: Arrival): void {
  const { beganAt, direction, callId } = report;
  const seen = recognise(run, { number, sender, at: report.at, arrivedAt: arrival.at });
  const conversation = findThread(run, number, seen.contact, arrival);
  const opensWindow = direction === 'in';
  const asks = opensWindow && !isBlocked(run, seen.contact.id);
  const caseId = asks ? continueCase(run, conversation, beganAt, arrival.at) : openCaseOf(run, conversation);
  const call = merged({ kind: 'call', outcome: 'ringing' }, report);
  const row = callRow(run, { report, call, conversation, caseId, arrival });
  run.messages.add(row);
  run.calls.add(row);
  const { lastInboundId, ...change } = threadAfter(run, conversation, row, { opensWindow, asks });
  run.conversations.change(conversation.id, opensWindow ? { ...change, lastInboundId: row.id } : change);
  noteConflict(run, conversation, seen, arrival);
  noteEvent(run, row.id, report);
  mention(run, arrival, seen.contact.id);
  touch(run, conversation.id, { message: row.id });
  settleParked(run, { id: row.id, numberId: number.id, wamid: callId });
}

/** Completes a call that is there: how it ended, how long it took, or that it began earlier than was thought. */
export function callGoesOn(run: Run, { id, conversationId }: KnownMessage, report: CallReport): void {
  const known = run.calls.get(id);
  const { content } = readContent(known?.content ?? '', 'call');
  if (known === undefined || content.kind !== 'call') {
    return;
  }
  const change = {
    content: JSON.stringify(merged(content, report)),
    orderedAt: Math.min(known.orderedAt, report.beganAt),
  };
  run.calls.change(id, change);
  run.messages.change(id, change);
  noteEvent(run, id, report);
  if (report.direction === 'in') {
    moveWindow(run, conversationId, report.beganAt);
  }
  touch(run, conversationId, { message: id });
}

/** Which of the two came first must not matter: the window counts from the later sign of the call, waiting from the earlier. */
function moveWindow(run: Run, conversationId: number, at: number): void {
  const own = run.conversations.get(conversationId);
  const conversation = own && run.conversations.get(own.mergedIntoId ?? own.id);
  if (conversation) {
    const { windowExpiresAt, waitingSince, lastInboundAt } = conversation;
    run.conversations.change(conversation.id, {
      windowExpiresAt: windowAfterInbound(windowExpiresAt, at),
      lastInboundAt: Math.max(lastInboundAt ?? 0, at),
      waitingSince: waitingSince === null ? null : waitingAfterInbound(waitingSince, at),
    });
  }
}

const FURTHER: Readonly<Record<Call['outcome'], number>> = {
  ringing: 0,
  missed: 1,
  answered: 2,
  declined: 3,
};

function merged(known: Call, { outcome, seconds }: CallReport): Call {
  const longest = Math.max(known.seconds ?? 0, seconds ?? 0);
  return {
    kind: 'call',
    outcome: FURTHER[outcome] > FURTHER[known.outcome] ? outcome : known.outcome,
    ...(longest > 0 ? { seconds: longest } : {}),
  };
}

function noteEvent(run: Run, messageId: number, { event, at, outcome, seconds }: CallReport): void {
  run.made.statuses.push({ messageId, status: event, at, data: JSON.stringify({ outcome, seconds }) });
}
