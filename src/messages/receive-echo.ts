import { recognise } from '#src/contacts/recognise.ts';
import { openCase } from '#src/conversations/case.ts';
import { noteEvent } from '#src/conversations/noted-event.ts';
import { type Arrival, hearFrom, mention, type Run, touch, wamidKey } from '#src/webhooks/run.ts';
import type { KnownConversation, KnownNumber } from '#src/webhooks/stored.ts';
import type { Update } from '#src/whatsapp/updates.ts';
import { lastCaseOf } from './receive-case.ts';
import { type Arrived, findThread, noteConflict, threadAfter, threadOf } from './receive-conversation.ts';
import { expectFile } from './receive-media.ts';
import { parkReaction } from './receive-parked.ts';
import { isOnlyPast, tellPast } from './receive-past.ts';
import { react } from './receive-reaction.ts';
import { inboundRow } from './receive-row.ts';
import { settleParked } from './receive-settle.ts';
import { statusRank } from './status.ts';

type Echo = Extract<Update, { kind: 'echo' }>;

const SENT = { direction: 'out', status: 'sent', statusRank: statusRank('sent') } as const;
const AUTHORS = {
  phone_app: { authorKind: 'phone_app', origin: 'phone_app' },
  other_system: { authorKind: 'system', origin: 'api' },
} as const;

/**
 * Takes in what was sent on this number from elsewhere. Somebody who writes on the phone has answered the customer; a
 * program that answers by itself has not, as far as people here are concerned. What is there already changes nothing,
 * unless it is an answer that has only come as history.
 */
export function receiveEcho(run: Run, update: Echo, arrival: Arrival): void {
  const { message, sender, by } = update;
  const number = hearFrom(run, update.phoneNumberId, arrival);
  const known = run.messages.find(wamidKey(number.id, message.wamid));
  const isAnswer = by === 'phone_app';
  if (known && !(isAnswer && known.direction === 'out' && isOnlyPast(known))) {
    return;
  }
  const seen = recognise(run, { number, sender, at: message.at, arrivedAt: arrival.at });
  const conversation = (known && threadOf(run, known)) ?? findThread(run, number, seen.contact, arrival);
  const caseId = isAnswer ? caseOfEcho(run, conversation, message.at, arrival) : null;
  const row = known
    ? tellPast(run, known, { message, origin: 'phone_app', caseId, arrival })
    : addEcho(run, update, { conversation, caseId, arrival });
  const { lastInboundId: _, ...change } = threadAfter(run, conversation, row, {
    opensWindow: false,
    asks: false,
  });
  run.conversations.change(conversation.id, change);
  if (isAnswer) {
    answeredOnPhone(run, number, conversation.id, arrival);
  }
  noteConflict(run, conversation, seen, arrival);
  mention(run, arrival, seen.contact.id);
  touch(run, conversation.id, { message: row.id });
  settleParked(run, { id: row.id, numberId: number.id, wamid: message.wamid });
}

type Place = { conversation: KnownConversation; caseId: number | null; arrival: Arrival };

function addEcho(run: Run, { message, by }: Echo, place: Place): Arrived {
  const isElsewhere = by === 'other_system';
  const row = { ...inboundRow(run, { message, isElsewhere, ...place }), ...SENT, ...AUTHORS[by] };
  run.messages.add(row);
  expectFile(run, row.id, message.media, place.arrival.at);
  return row;
}

function answeredOnPhone(run: Run, number: KnownNumber, conversationId: number, arrival: Arrival): void {
  run.made.answeredOnPhone.add(conversationId);
  run.numbers.change(number.id, { phoneAppAt: Math.max(number.phoneAppAt ?? 0, arrival.at) });
}

/** The open case, or a new one: only what customers write reopens an old one. What comes late belongs to the old. */
function caseOfEcho(run: Run, conversation: KnownConversation, at: number, arrival: Arrival): number {
  const last = lastCaseOf(run, conversation);
  const isOld = last?.closedAt != null && at > last.closedAt;
  if (last && !isOld) {
    run.made.firstReplies.push({ caseId: last.id, at });
    return last.id;
  }
  const opened = openCase(run.nextId(), conversation, 'person', arrival.at);
  run.cases.add({ ...opened, firstReplyAt: at });
  run.conversations.change(conversation.id, { state: 'open', snoozedUntil: null, caseId: opened.id });
  noteEvent(run, {
    conversationId: conversation.id,
    caseId: opened.id,
    at: Math.min(at, arrival.at),
    actorKind: 'system',
    kind: 'case.opened',
  });
  return opened.id;
}

/** A business has one reaction on a message; the newest counts, wherever it was chosen. */
export function receiveOwnReaction(
  run: Run,
  update: Extract<Update, { kind: 'own-reaction' }>,
  arrival: Arrival,
): void {
  const { targetWamid, emoji, at } = update;
  const number = hearFrom(run, update.phoneNumberId, arrival);
  const target = run.messages.find(wamidKey(number.id, targetWamid));
  const reaction = { by: 0, emoji, at };
  if (target) {
    react(run, target, reaction);
  } else {
    parkReaction(run, { numberId: number.id, wamid: targetWamid }, reaction, arrival);
  }
}
