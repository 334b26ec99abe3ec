import { linkIdentities, namesOf } from '#src/contacts/identities.ts';
import { hasOtherBsuid, survivorOf } from '#src/contacts/person.ts';
import { findPerson } from '#src/contacts/recognise.ts';
import { noteRefusal } from '#src/numbers/note-refusal.ts';
import { type Arrival, hearFrom, mention, type Run, wamidKey } from '#src/webhooks/run.ts';
import type { KnownMessage, KnownNumber } from '#src/webhooks/stored.ts';
import type { Update } from '#src/whatsapp/updates.ts';
import { type Callback, readCallback } from './receive-callback.ts';
import { parkStatus } from './receive-parked.ts';
import { progress, reactionProgress } from './receive-progress.ts';
import { settleSend } from './receive-send.ts';
import { settleParked } from './receive-settle.ts';

type StatusUpdate = Extract<Update, { kind: 'status' }>;

/**
 * Takes in a status: of the message with this wamid, else of the send that our own value in it names,
 * else it waits for its message.
 */
export function receiveStatus(run: Run, update: StatusUpdate, arrival: Arrival): void {
  const { wamid, status, at, errors, pricing } = update;
  const report = { status, at, errors, pricing };
  const number = hearFrom(run, update.phoneNumberId, arrival);
  const ours = readCallback(update.callback, run);
  noteRefusal(run, number, update, arrival);
  const message = findMessage(run, number, wamid, ours);
  const reaction = ours && run.reactions.get(ours.subjectId);
  const isNews = ours === null || settleSend(run, ours, { number, wamid, report }, arrival);
  if (message) {
    settleParked(run, { id: message.id, numberId: number.id, wamid });
    progress(run, message, report, isNews);
    learnRecipient(run, message, number, update, arrival);
  } else if (reaction?.numberId === number.id) {
    reactionProgress(run, reaction, report, isNews);
  } else {
    parkStatus(run, { numberId: number.id, wamid }, report, arrival);
  }
}

function findMessage(
  run: Run,
  number: KnownNumber,
  wamid: string,
  ours: Callback | null,
): KnownMessage | undefined {
  const named = ours ? run.messages.get(ours.subjectId) : undefined;
  return run.messages.find(wamidKey(number.id, wamid)) ?? (named?.numberId === number.id ? named : undefined);
}

/**
 * A status is how the BSUID of somebody we wrote to by phone number is learnt. One that went to somebody else, who
 * has the number now, says nothing about whom the conversation is with.
 */
function learnRecipient(
  run: Run,
  message: KnownMessage,
  number: KnownNumber,
  { recipient, at }: StatusUpdate,
  arrival: Arrival,
): void {
  const conversation = run.conversations.get(message.conversationId);
  if (recipient !== null && conversation && message.direction === 'out') {
    const names = namesOf(recipient, number);
    const person = findPerson(run, names, at, arrival.at) ?? survivorOf(run, conversation.contactId);
    if (person && !hasOtherBsuid(run, person.id, names.bsuid)) {
      linkIdentities(run, person.id, names, at);
    }
    mention(run, arrival, conversation.contactId);
  }
}
