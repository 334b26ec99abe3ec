import { asFields, asList, asWords, type Fields } from './shape.ts';

/** Who somebody on WhatsApp is, as far as one webhook says. The phone number is not the key: it may be absent. */
export type Sender = {
  /** Digits as received. */
  phone: string | null;
  /** Business-scoped user id: `CC.` and letters or digits, valid within one business portfolio. */
  bsuid: string | null;
  parentBsuid: string | null;
  username: string | null;
  name: string | null;
};

export type Ids = Pick<Sender, 'phone' | 'bsuid' | 'parentBsuid'>;

const BSUID = /^[A-Z]{2}\.[A-Za-z0-9]{1,128}$/;
const PARENT_BSUID = /^[A-Z]{2}\.ENT\.[A-Za-z0-9]{1,128}$/;
const PHONE = /^\+?[\d\s().-]+$/;
const LONGEST_PHONE = 32;

/**
 * Sorts ids by their shape: gateways were seen to put a BSUID where the phone number belongs (`from`, `wa_id`).
 * What an id is named decides only while its shape does not.
 */
export function readIds(phone: unknown, userId: unknown, parentId: unknown): Ids {
  const [first, second, third] = [asWords(phone), asWords(userId), asWords(parentId)];
  return {
    phone: first !== null && isPhone(first) ? first.replace(/\D/g, '') : null,
    bsuid: second !== null && !PARENT_BSUID.test(second) ? second : matching(BSUID, first),
    parentBsuid: third ?? matching(PARENT_BSUID, second) ?? matching(PARENT_BSUID, first),
  };
}

/** The people of a change by its `contacts`, which may be missing or hold nothing. */
export type Contacts = {
  byBsuid: ReadonlyMap<string, Sender>;
  byPhone: ReadonlyMap<string, Sender>;
  /** When there is a single one. */
  only: Sender | null;
};

export function readContacts(contacts: unknown): Contacts {
  const people = asList(contacts)
    .map(asFields)
    .filter((contact) => contact !== null)
    .map(readContact);
  const [only = null] = people;
  return {
    byBsuid: new Map(people.flatMap((one) => (one.bsuid === null ? [] : [[one.bsuid, one]]))),
    byPhone: new Map(people.flatMap((one) => (one.phone === null ? [] : [[one.phone, one]]))),
    only: people.length === 1 ? only : null,
  };
}

function readContact(contact: Fields): Sender {
  const profile = asFields(contact.profile);
  return {
    ...readIds(contact.wa_id, contact.user_id, contact.parent_user_id),
    username: asWords(profile?.username) ?? asWords(contact.username),
    name: asWords(profile?.name),
  };
}

/**
 * Completes a person's ids by their contact: the one with the same BSUID or phone, else the only one of a change that
 * speaks of a single person. A contact whose BSUID says that it is somebody else is never taken.
 */
export function identify(ids: Ids, contacts: Contacts, isAlone: boolean): Sender {
  const candidates = [
    contacts.byBsuid.get(ids.bsuid ?? ''),
    contacts.byPhone.get(ids.phone ?? ''),
    isAlone ? contacts.only : null,
  ];
  const contact = candidates.find((one) => one && !isAnother(one, ids));
  return {
    phone: ids.phone ?? contact?.phone ?? null,
    bsuid: ids.bsuid ?? contact?.bsuid ?? null,
    parentBsuid: ids.parentBsuid ?? contact?.parentBsuid ?? null,
    username: contact?.username ?? null,
    name: contact?.name ?? null,
  };
}

function isAnother(one: Ids, other: Ids): boolean {
  return one.bsuid !== null && other.bsuid !== null && one.bsuid !== other.bsuid;
}

/** Whether nobody can be found by these ids: a parent BSUID is shared by portfolios and finds nobody. */
export function isNobody(ids: Ids): boolean {
  return ids.phone === null && ids.bsuid === null;
}

/** Whether all of them could be one person. */
export function areOne(people: Ids[]): boolean {
  return new Set(people.map((one) => one.bsuid ?? one.phone)).size <= 1;
}

function matching(shape: RegExp, id: string | null): string | null {
  return id !== null && shape.test(id) ? id : null;
}

function isPhone(id: string): boolean {
  return id.length <= LONGEST_PHONE && PHONE.test(id) && /\d/.test(id);
}
