import { isBlocked } from '#src/contacts/person.ts';
import { recognise } from '#src/contacts/recognise.ts';
import { type Arrival, hearFrom, mention, type Run, touch, wamidKey } from '#src/webhooks/run.ts';
import type { KnownConversation } from '#src/webhooks/stored.ts';
import type { InboundMessage, Update } from '#src/whatsapp/updates.ts';
import { continueCase } from './receive-case.ts';
import { type Arrived, findThread, noteConflict, threadAfter, threadOf } from './receive-conversation.ts';
import { expectFile } from './receive-media.ts';
import { isOnlyPast, tellPast } from './receive-past.ts';
import { inboundRow } from './receive-row.ts';
import { settleParked } from './receive-settle.ts';

type Told = Extract<Update, { kind: 'message' }>;

/**
 * Takes in one message from a customer. One that is there already changes nothing, unless it has only come as history:
 * then it keeps its place and its words, and is news from now on.
 */
export function receive(run: Run, update: Told, arrival: Arrival): void {
  const { message, sender } = update;
  const number = hearFrom(run, update.phoneNumberId, arrival);
  const known = run.messages.find(wamidKey(number.id, message.wamid));
  if (known && !(known.direction === 'in' && isOnlyPast(known))) {
    return;
  }
  const seen = recognise(run, { number, sender, at: message.at, arrivedAt: arrival.at });
  const conversation = (known && threadOf(run, known)) ?? findThread(run, number, seen.contact, arrival);
  const means = meaning(message, (update.isElsewhere ?? false) || isBlocked(run, seen.contact.id));
  // What asks for no answer belongs to no case: by that it is told, later, from what still waits for one.
  const caseId = means.asks ? continueCase(run, conversation, message.at, arrival.at) : null;
  const row = known
    ? tellPast(run, known, { message, origin: 'inbox', caseId, arrival })
    : addInbound(run, update, { conversation, caseId, arrival });
  run.conversations.change(conversation.id, threadAfter(run, conversation, row, means));
  const mayBeAnswered = known !== undefined || number.phoneAppAt !== null;
  if (mayBeAnswered && row.orderedAt < conversation.lastOrderedAt) {
    // Somebody may have answered it on the phone, and the answer came first, as history perhaps.
    run.made.answeredOnPhone.add(conversation.id);
  }
  noteConflict(run, conversation, seen, arrival);
  mention(run, arrival, seen.contact.id);
  touch(run, conversation.id, { message: row.id });
  settleParked(run, { id: row.id, numberId: number.id, wamid: message.wamid });
}

type Place = { conversation: KnownConversation; caseId: number | null; arrival: Arrival };

function addInbound(run: Run, { message, isElsewhere }: Told, place: Place): Arrived {
  const row = inboundRow(run, { message, isElsewhere: isElsewhere ?? false, ...place });
  run.messages.add(row);
  expectFile(run, row.id, message.media, place.arrival.at);
  return row;
}

/** Types that tell of something else than what the customer says now. */
export const NOTICES: readonly string[] = ['system', 'edit', 'revoke', 'request_welcome'];

/**
 * What a message does besides being shown: it opens the window unless it was written into a group or is a notice
 * (a changed number, an edited message, an opened chat); it asks for an answer if moreover its writer is not blocked.
 */
function meaning({ groupId, content }: InboundMessage, isFromBlocked: boolean) {
  const isNotice = content.kind === 'unsupported' && NOTICES.includes(content.metaType ?? '');
  const opensWindow = groupId === null && !isNotice;
  return { opensWindow, asks: opensWindow && !isFromBlocked };
}
