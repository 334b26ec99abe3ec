import { isNoted, noteEvent } from '#src/conversations/noted-event.ts';
import { findThread } from '#src/messages/receive-conversation.ts';
import { type Arrival, hearFrom, mention, type Run } from '#src/webhooks/run.ts';
import type { KnownContact, KnownConversation } from '#src/webhooks/stored.ts';
import type { IdentityChange, Update } from '#src/whatsapp/updates.ts';
import { attach, type Name, type Names, namesOf, passOn, retire } from './identities.ts';
import { mergePeople } from './merge-people.ts';
import { hasOtherBsuid, holderAt, holderNow, isSame, survivorOf } from './person.ts';
import { newContact } from './recognise.ts';

/** The kinds of events that such changes are shown as. */
export const changeEvents = {
  number: 'contact.number_changed',
  user_id: 'contact.id_changed',
  device: 'contact.device_changed',
} as const satisfies Record<IdentityChange['what'], string>;

/**
 * Takes in that somebody is called otherwise now: the contact keeps its thread, what it was called before is kept
 * with the day it ended, and the thread tells of it. It opens no window and asks for no answer.
 */
export function changeIdentity(
  run: Run,
  update: Extract<Update, { kind: 'identity' }>,
  arrival: Arrival,
): void {
  const { what, at } = update;
  const number = hearFrom(run, update.phoneNumberId, arrival);
  const before = namesOf(update.before, number);
  const after = namesOf(update.after, number);
  const contact = findChanged(run, { what, before, after, at }, arrival) ?? newContact(run, arrival.at);
  for (const kind of ['bsuid', 'parentBsuid', 'phone'] as const) {
    if (after[kind] !== null && after[kind].value !== before[kind]?.value) {
      retire(run, contact.id, before[kind], at);
    }
  }
  attach(run, contact.id, after.bsuid, at);
  attach(run, contact.id, after.parentBsuid, at);
  takePhone(run, contact.id, after.phone, at);
  mention(run, arrival, contact.id);
  tell(run, findThread(run, number, contact, arrival), { what, before, after, at });
}

type Change = { what: IdentityChange['what']; before: Names; after: Names; at: number };

/** Whoever was called as they were, or is called as they are now: all of these are one, and Meta says so. */
function findChanged(run: Run, change: Change, arrival: Arrival): KnownContact | undefined {
  const { before, after, at } = change;
  const was = survivorOf(run, holderAt(run, before.bsuid, at)?.contactId);
  const had = survivorOf(run, holderAt(run, before.phone, at)?.contactId);
  const [first, ...others] = [
    was,
    had && !hasOtherBsuid(run, had.id, before.bsuid) ? had : undefined,
    survivorOf(run, holderAt(run, after.bsuid, at)?.contactId),
    heardOfSince(run, change, after.phone),
  ].filter((contact) => contact !== undefined);
  return others.reduce(
    (one, other) =>
      one && mergePeople(run, one, survivorOf(run, other.id) ?? other, { why: 'change', at: arrival.at }),
    first,
  );
}

/**
 * Who has the new phone number: the same person, when they were not heard of before the change and have no other
 * BSUID; else its former owner.
 */
function heardOfSince(run: Run, { what, after, at }: Change, phone: Name | null): KnownContact | undefined {
  const holder = survivorOf(run, holderNow(run, phone)?.contactId);
  const isFormer = holder && what === 'number' && holder.createdAt < at;
  return holder && !isFormer && !hasOtherBsuid(run, holder.id, after.bsuid) ? holder : undefined;
}

function takePhone(run: Run, contactId: number, phone: Name | null, at: number): void {
  const holder = attach(run, contactId, phone, at);
  if (phone !== null && holder !== null && !isSame(run, holder.contactId, contactId)) {
    passOn(run, contactId, phone, holder, at);
  }
}

/** Once, however often Meta says it. */
function tell(run: Run, conversation: KnownConversation, { what, before, after, at }: Change): void {
  const kind = changeEvents[what];
  if (!isNoted(run, conversation.id, kind, at)) {
    const phones = what === 'number' ? { from: phoneOf(before), to: phoneOf(after) } : {};
    noteEvent(run, {
      conversationId: conversation.id,
      caseId: null,
      at,
      actorKind: 'customer',
      kind,
      data: phones,
    });
  }
}

const phoneOf = ({ phone }: Names) => phone?.asReceived ?? null;
