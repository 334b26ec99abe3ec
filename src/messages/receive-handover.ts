import { recognise } from '#src/contacts/recognise.ts';
import { isNoted, noteEvent } from '#src/conversations/noted-event.ts';
import { waitingAfterInbound } from '#src/conversations/waiting.ts';
import { type Arrival, hearFrom, mention, type Run } from '#src/webhooks/run.ts';
import type { KnownConversation } from '#src/webhooks/stored.ts';
import type { Update } from '#src/whatsapp/updates.ts';
import { continueCase } from './receive-case.ts';
import { findThread } from './receive-conversation.ts';

/** What programs that answer by themselves are called by Meta. */
const MACHINES = ['ai_agent'];

/**
 * Takes in that another program answers a conversation from here on, or that it gave it back: a line of the thread.
 * When it was given to people, the customer waits for them.
 */
export function receiveHandover(
  run: Run,
  update: Extract<Update, { kind: 'handover' }>,
  arrival: Arrival,
): void {
  const { sender, at, what, from, to, summary } = update;
  const number = hearFrom(run, update.phoneNumberId, arrival);
  const { contact } = recognise(run, { number, sender, at, arrivedAt: arrival.at });
  mention(run, arrival, contact.id);
  const conversation = findThread(run, number, contact, arrival);
  // Given to a machine it is taken over; only what is given to people asks for an answer, also where rows are counted.
  const isForPeople = what === 'passed' && !MACHINES.includes(to ?? '');
  const kind = isForPeople ? 'handover.passed' : 'handover.taken';
  if (isNoted(run, conversation.id, kind, at)) {
    return;
  }
  if (isForPeople) {
    waitsForPeople(run, conversation, at, arrival);
    // Somebody may have answered on the phone since.
    run.made.answeredOnPhone.add(conversation.id);
  }
  const { id: conversationId, caseId } = run.conversations.get(conversation.id) ?? conversation;
  noteEvent(run, { conversationId, caseId, at, actorKind: 'system', kind, data: { from, to, summary } });
}

function waitsForPeople(run: Run, conversation: KnownConversation, at: number, arrival: Arrival): void {
  run.conversations.change(conversation.id, {
    state: 'open',
    snoozedUntil: null,
    caseId: continueCase(run, conversation, at, arrival.at),
    waitingSince: waitingAfterInbound(conversation.waitingSince, at),
    lastArrivedAt: Math.max(conversation.lastArrivedAt, arrival.at),
  });
}
