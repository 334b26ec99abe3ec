import type { SharedContact } from '#src/messages/thread-message.ts';
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
  return {
    name: readName(card) ?? organisation ?? phones[0]?.phone ?? emails[0]?.email ?? '',
    phones,
    emails,
    ...(organisation === null ? {} : { organisation }),
    ...readMore(card),
  };
}

/** What few cards have. */
function readMore(card: Fields): Partial<SharedContact> {
  const org = asFields(card.org);
  const position = listed(asWords(org?.department), asWords(org?.title));
  const addresses = fieldsIn(card.addresses).flatMap(readAddress);
  const urls = fieldsIn(card.urls).flatMap((entry) => asWords(entry.url) ?? []);
  const birthday = asWords(card.birthday);
  return {
    ...(position === '' ? {} : { position }),
    ...(addresses.length === 0 ? {} : { addresses }),
    ...(urls.length === 0 ? {} : { urls }),
    ...(birthday === null ? {} : { birthday }),
    ...(card.origin === 'contact_request' ? { isRequested: true } : {}),
  };
}

function readAddress({ street, city, state, zip, country }: Fields): string[] {
  const address = listed(...[street, city, state, zip, country].map(asWords));
  return address === '' ? [] : [address];
}

function listed(...parts: (string | null)[]): string {
  return parts.filter((part) => part !== null).join(', ');
}

function readName(card: Fields): string | null {
  const name = asFields(card.name);
  const parts = [name?.first_name, name?.middle_name, name?.last_name].map(asWords);
  return asWords(name?.formatted_name) ?? asWords(parts.filter((part) => part !== null).join(' '));
}

function readPhone(entry: Fields): SharedContact['phones'] {
  const waId = asWords(entry.wa_id);
  const phone = asWords(entry.phone) ?? waId;
  const label = asWords(entry.type);
  return phone === null
    ? []
    : [{ phone, ...(waId === null ? {} : { waId }), ...(label === null ? {} : { label }) }];
}

function readEmail(entry: Fields): SharedContact['emails'] {
  const email = asWords(entry.email);
  const label = asWords(entry.type);
  return email === null ? [] : [{ email, ...(label === null ? {} : { label }) }];
}
