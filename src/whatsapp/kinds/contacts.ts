import type { NameParts, SharedAddress, SharedContact } from '#src/messages/thread-message.ts';
import { readIds } from '../sender.ts';
import { asFields, asWords, type Fields, fieldsIn } from '../shape.ts';
import type { Reader } from './understood.ts';

export const readSharedContacts: Reader = (message) => {
  const contacts = fieldsIn(message.contacts).map(readCard);
  return contacts.length === 0
    ? null
    : { text: contacts.map((card) => card.name).join(', '), content: { kind: 'contacts', contacts } };
};

/**
 * The phone number of a customer who answered "share your contact": Meta marks such a card as their own, which links
 * the number to their BSUID. A card that somebody passes on is about anybody. Where Meta does not say who has the number,
 * only one with its country code is taken: any other would be somebody's abroad.
 */
export function sharedPhone(message: Fields): string | null {
  const own = message.type === 'contacts' ? fieldsIn(message.contacts).filter(isOwn) : [];
  const phones = own.flatMap((card) => fieldsIn(card.phones)).flatMap(readPhone);
  const [whole] = phones.flatMap(({ waId, phone }) => waId ?? (phone.startsWith('+') ? phone : []));
  return whole === undefined ? null : readIds(whole, undefined, undefined).phone;
}

const isOwn = (card: Fields) => asWords(card.origin) === 'contact_request';

function readCard(card: Fields): SharedContact {
  const phones = fieldsIn(card.phones).flatMap(readPhone);
  const emails = fieldsIn(card.emails).flatMap(readEmail);
  const organisation = asWords(asFields(card.org)?.company);
  const nameParts = readNameParts(card);
  return {
    name: readName(card, nameParts) ?? organisation ?? phones[0]?.phone ?? emails[0]?.email ?? '',
    ...(isEmpty(nameParts) ? {} : { nameParts }),
    phones,
    emails,
    ...readMore(card),
  };
}

/** What few cards have. */
function readMore(card: Fields): Partial<SharedContact> {
  const org = asFields(card.org);
  const addresses = fieldsIn(card.addresses).flatMap(readAddress);
  const urls = fieldsIn(card.urls).flatMap(readUrl);
  return {
    ...said({ organisation: org?.company, department: org?.department, position: org?.title }),
    ...(addresses.length === 0 ? {} : { addresses }),
    ...(urls.length === 0 ? {} : { urls }),
    ...said({ birthday: card.birthday }),
    ...(card.origin === 'contact_request' ? { isRequested: true } : {}),
  };
}

function readAddress({ country_code: countryCode, type: label, ...entry }: Fields): SharedAddress[] {
  const { street, city, state, zip, country } = entry;
  const lines = said({ street, city, state, zip, country });
  return isEmpty(lines) ? [] : [{ ...lines, ...said({ countryCode, label }) }];
}

function readUrl({ url: given, type: label }: Fields): NonNullable<SharedContact['urls']> {
  const url = asWords(given);
  return url === null ? [] : [{ url, ...said({ label }) }];
}

function readNameParts(card: Fields): NameParts {
  const name = asFields(card.name);
  return said({
    first: name?.first_name,
    middle: name?.middle_name,
    last: name?.last_name,
    prefix: name?.prefix,
    suffix: name?.suffix,
  });
}

function readName(card: Fields, { first, middle, last }: NameParts): string | null {
  const parts = [first, middle, last].filter((part) => part !== undefined);
  return asWords(asFields(card.name)?.formatted_name) ?? asWords(parts.join(' '));
}

function readPhone(entry: Fields): SharedContact['phones'] {
  const waId = asWords(entry.wa_id);
  const phone = asWords(entry.phone) ?? waId;
  return phone === null ? [] : [{ phone, ...said({ waId, label: entry.type }) }];
}

function readEmail(entry: Fields): SharedContact['emails'] {
  const email = asWords(entry.email);
  return email === null ? [] : [{ email, ...said({ label: entry.type }) }];
}

/** Those that say something, clean. */
function said<Key extends string>(values: Record<Key, unknown>): Partial<Record<Key, string>> {
  const words = Object.entries(values).flatMap(([key, value]) => {
    const text = asWords(value);
    return text === null ? [] : [[key, text] as const];
  });
  return Object.fromEntries(words) as Partial<Record<Key, string>>;
}

const isEmpty = (values: object): boolean => Object.keys(values).length === 0;
