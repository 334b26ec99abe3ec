import { isBlocked } from '#src/contacts/person.ts';
import { recognise } from '#src/contacts/recognise.ts';
import { type Arrival, hearFrom, mention, type Run, touch, wamidKey } from '#src/webhooks/run.ts';
import type { InboundMessage, Update } from '#src/whatsapp/updates.ts';
import { continueCase } from './receive-case.ts';
import { findThread, noteConflict, threadAfter } from './receive-conversation.ts';
import { expectFile } from './receive-media.ts';
import { inboundRow } from './receive-row.ts';
import { settleParked } from './receive-settle.ts';

/** Takes in one message from a customer. One that is there already changes nothing. */
export function receive(run: Run, update: Extract<Update, { kind: 'message' }>, arrival: Arrival): void {
  const { message, sender } = update;
  const number = hearFrom(run, update.phoneNumberId, arrival);
  if (run.messages.find(wamidKey(number.id, message.wamid))) {
    return;
  }
  const seen = recognise(run, { number, sender, at: message.at, arrivedAt: arrival.at });
  const conversation = findThread(run, number, seen.contact, arrival);
  const isElsewhere = update.isElsewhere ?? false;
  const means = meaning(message, isElsewhere || isBlocked(run, seen.contact.id));
  // What asks for no answer belongs to no case: by that it is told, later, from what still waits for one.
  const caseId = means.asks ? continueCase(run, conversation, message.at, arrival.at) : null;
  const row = inboundRow(run, { message, conversation, caseId, arrival, isElsewhere });
  run.messages.add(row);
  run.conversations.change(conversation.id, threadAfter(run, conversation, row, means));
  if (number.phoneAppAt !== null && row.orderedAt < conversation.lastOrderedAt) {
    // Somebody may have answered it on the phone, and the answer came first.
    run.made.answeredOnPhone.add(conversation.id);
  }
  expectFile(run, row.id, message.media, arrival.at);
  noteConflict(run, conversation, seen, arrival);
  mention(run, arrival, seen.contact.id);
  touch(run, conversation.id, { message: row.id });
  settleParked(run, { id: row.id, numberId: number.id, wamid: message.wamid });
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
