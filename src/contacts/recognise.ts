import type { Run } from '#src/webhooks/run.ts';
import type { Contact, KnownContact, KnownNumber } from '#src/webhooks/stored.ts';
import type { Sender } from '#src/whatsapp/updates.ts';
import { linkIdentities, type Names, namesOf } from './identities.ts';
import { mergePeople } from './merge-people.ts';
import { hasOtherBsuid, holderAt, identitiesOf, survivorOf } from './person.ts';

/** Somebody as one webhook shows them: on which number, at which moment of Meta's clock, and when it came. */
export type Sighting = { number: KnownNumber; sender: Sender; at: number; arrivedAt: number };

export type Recognised = {
  contact: KnownContact;
  /** Another contact that holds the phone number, told once: a person has said that the two are not one. */
  phoneHeldBy: number | null;
};

/**
 * Finds or makes the contact: by BSUID, else by phone number. A number whose contact has another BSUID has a new
 * owner, who must not get into the old owner's thread. Throws when the sender says neither.
 */
export function recognise(run: Run, { number, sender, at, arrivedAt }: Sighting): Recognised {
  const names = namesOf(sender, number);
  if (names.bsuid === null && names.phone === null) {
    throw new Error('the sender has neither a phone number nor a BSUID');
  }
  const contact = findPerson(run, names, at, arrivedAt) ?? newContact(run, arrivedAt);
  nameContact(run, contact, { name: sender.name, at, arrivedAt });
  const phoneHeldBy = linkIdentities(run, contact.id, names, at);
  return { contact: run.contacts.get(contact.id) ?? contact, phoneHeldBy };
}

/**
 * Who is meant by a BSUID and a phone number that Meta names in one breath. Two contacts that turn out to be one are
 * merged, unless a person has parted them.
 */
export function findPerson(
  run: Run,
  { bsuid, phone }: Names,
  at: number,
  arrivedAt: number,
): KnownContact | undefined {
  const byBsuid = survivorOf(run, holderAt(run, bsuid, at)?.contactId);
  const byPhone = survivorOf(run, holderAt(run, phone, at)?.contactId);
  if (!byPhone || hasOtherBsuid(run, byPhone.id, bsuid)) {
    return byBsuid;
  }
  return byBsuid ? mergePeople(run, byBsuid, byPhone, { why: 'link', at: arrivedAt }) : byPhone;
}

export function newContact(run: Run, arrivedAt: number): Contact {
  const contact: Contact = {
    id: run.nextId(),
    name: '',
    nameSource: 'none',
    locale: null,
    blockedAt: null,
    restrictedAt: null,
    mergedIntoId: null,
    createdAt: arrivedAt,
    updatedAt: arrivedAt,
    search: '',
  };
  run.contacts.add(contact);
  return contact;
}

const LONGEST_NAME = 200;

/** The newest name that the customer gave themselves counts, until a person or an import names them. */
function nameContact(
  run: Run,
  contact: KnownContact,
  { name, at, arrivedAt }: { name: string | null; at: number; arrivedAt: number },
): void {
  const given = name?.slice(0, LONGEST_NAME).toWellFormed() ?? '';
  const isOurs = contact.nameSource === 'person' || contact.nameSource === 'import';
  const isNews = given !== '' && given !== contact.name && !isOurs;
  const identities = identitiesOf(run, contact.id);
  const isNewest = identities.every(({ seenAt }) => seenAt <= at);
  if (isNews && (isNewest || contact.nameSource === 'none')) {
    run.contacts.change(contact.id, { name: given, nameSource: 'profile', updatedAt: arrivedAt });
    for (const { id, seenAt } of identities.filter(({ retiredAt }) => retiredAt === null)) {
      run.identities.change(id, { seenAt: Math.max(seenAt, at) });
    }
  }
}
