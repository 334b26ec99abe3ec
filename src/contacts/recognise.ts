import { identityKey, type Run } from '#src/webhooks/run.ts';
import type { Contact, KnownContact, KnownNumber } from '#src/webhooks/stored.ts';
import type { Sender } from '#src/whatsapp/updates.ts';
import { hasOtherBsuid, linkIdentities, type Names, namesOf } from './identities.ts';

/** Somebody as one webhook shows them: on which number, at which moment of Meta's clock, and when it came. */
export type Sighting = { number: KnownNumber; sender: Sender; at: number; arrivedAt: number };

export type Recognised = {
  contact: KnownContact;
  /** Another contact that holds the phone number, told once: the two may be one person, which a merge decides. */
  phoneHeldBy: number | null;
};

/**
 * Finds or makes the contact: by BSUID, else by phone number. A number whose contact has another BSUID has a new
 * owner, who must not get into the old owner's thread. Throws when the sender says neither.
 */
export function recognise(run: Run, { number, sender, at, arrivedAt }: Sighting): Recognised {
  const names = namesOf(sender, number);
  const contact = findContact(run, names) ?? newContact(run, arrivedAt);
  nameContact(run, contact, { name: sender.name, at, arrivedAt });
  const phoneHeldBy = linkIdentities(run, contact.id, names, at);
  return { contact: run.contacts.get(contact.id) ?? contact, phoneHeldBy };
}

function findContact(run: Run, { bsuid, phone }: Names): KnownContact | undefined {
  if (bsuid === null && phone === null) {
    throw new Error('the sender has neither a phone number nor a BSUID');
  }
  const byBsuid = bsuid && run.identities.find(identityKey(bsuid));
  const byPhone = phone && run.identities.find(identityKey(phone));
  const isSame = byPhone && !hasOtherBsuid(run, byPhone.contactId, bsuid);
  const known = byBsuid ?? (isSame ? byPhone : null);
  return known ? run.contacts.get(known.contactId) : undefined;
}

function newContact(run: Run, arrivedAt: number): Contact {
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
  const identities = run.identities.group(contact.id);
  const isNewest = identities.every(({ seenAt }) => seenAt <= at);
  if (isNews && (isNewest || contact.nameSource === 'none')) {
    run.contacts.change(contact.id, { name: given, nameSource: 'profile', updatedAt: arrivedAt });
    for (const { id, seenAt } of identities.filter(({ retiredAt }) => retiredAt === null)) {
      run.identities.change(id, { seenAt: Math.max(seenAt, at) });
    }
  }
}
