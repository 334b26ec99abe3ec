import { isNoted, noteEvent } from '#src/conversations/noted-event.ts';
import { knownThread } from '#src/messages/receive-conversation.ts';
import { type Arrival, hearFrom, mention, type Run } from '#src/webhooks/run.ts';
import type { KnownContact } from '#src/webhooks/stored.ts';
import type { Update } from '#src/whatsapp/updates.ts';
import { namesOf } from './identities.ts';
import { identitiesOf } from './person.ts';
import { findPerson, recognise } from './recognise.ts';

type PhoneContact = Extract<Update, { kind: 'phone-contact' }>;

/** Takes over what the address book of the phone calls somebody, or that it has them no more: then they stay here. */
export function syncPhoneContact(run: Run, update: PhoneContact, arrival: Arrival): void {
  if (update.action === 'add') {
    addFromPhone(run, update, arrival);
  } else {
    removedOnPhone(run, update, arrival);
  }
}

function addFromPhone(run: Run, update: PhoneContact, arrival: Arrival): void {
  const { sender, at } = update;
  const number = hearFrom(run, update.phoneNumberId, arrival);
  const before = identitiesOfSender(run, update, arrival);
  const isNewest = before.every(({ seenAt }) => seenAt <= at);
  const { contact } = recognise(run, {
    number,
    sender: { ...sender, name: null },
    at,
    arrivedAt: arrival.at,
  });
  mention(run, arrival, contact.id);
  nameFromPhone(run, contact, { name: sender.name, at, arrivedAt: arrival.at, isNewest });
}

function identitiesOfSender(run: Run, { phoneNumberId, sender, at }: PhoneContact, arrival: Arrival) {
  const number = hearFrom(run, phoneNumberId, arrival);
  const known = findPerson(run, namesOf(sender, number), at, arrival.at);
  return known ? identitiesOf(run, known.id) : [];
}

const LONGEST_NAME = 200;

/** Somebody of the business chose this name, so it stands above the customer's own, and below what is written here. */
function nameFromPhone(
  run: Run,
  { id, name: current, nameSource }: KnownContact,
  {
    name,
    at,
    arrivedAt,
    isNewest,
  }: { name: string | null; at: number; arrivedAt: number; isNewest: boolean },
): void {
  const given = name?.slice(0, LONGEST_NAME).toWellFormed() ?? '';
  const counts = nameSource !== 'person' && (isNewest || nameSource !== 'import');
  if (given !== '' && counts && (given !== current || nameSource !== 'import')) {
    run.contacts.change(id, { name: given, nameSource: 'import', updatedAt: arrivedAt });
    for (const identity of identitiesOf(run, id).filter(({ retiredAt }) => retiredAt === null)) {
      run.identities.change(identity.id, { seenAt: Math.max(identity.seenAt, at) });
    }
  }
}

/** The next name that the customer gives themselves counts again. */
function removedOnPhone(run: Run, update: PhoneContact, arrival: Arrival): void {
  const { sender, at } = update;
  const number = hearFrom(run, update.phoneNumberId, arrival);
  const person = findPerson(run, namesOf(sender, number), at, arrival.at);
  if (!person) {
    return;
  }
  mention(run, arrival, person.id);
  if (person.nameSource === 'import') {
    run.contacts.change(person.id, { nameSource: 'profile', updatedAt: arrival.at });
  }
  const conversation = knownThread(run, number, person);
  const kind = 'contact.removed_on_phone';
  if (conversation && !isNoted(run, conversation.id, kind, at)) {
    const { id: conversationId, caseId } = conversation;
    noteEvent(run, { conversationId, caseId, at, actorKind: 'system', kind });
  }
}
