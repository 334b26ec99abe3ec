import { LIMITS } from '#src/whatsapp/outgoing-limits.ts';
import { Faults } from './faults.ts';
import type { MessageContent, SharedContact } from './thread-message.ts';

type Cards = { text: string; content: Extract<MessageContent, { kind: 'contacts' }> };

/** No limit is told for the parts of a card: what no card needs is not taken. */
const LONGEST_PART = 1000;
const MOST_OF_A_PART = 20;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Throws `Invalid` by the paths of Meta's JSON. */
export function readCards(given: readonly SharedContact[]): Cards {
  const faults = new Faults();
  faults.count('contacts', 'contacts', given.length, LIMITS.contacts);
  const contacts = given
    .slice(0, LIMITS.contacts)
    .map((card, index) => readCard(faults, card, `contacts[${index}]`));
  faults.refuse();
  return { text: contacts.map(({ name }) => name).join(', '), content: { kind: 'contacts', contacts } };
}

function readCard(faults: Faults, card: SharedContact, path: string): SharedContact {
  const text = (part: string, what: string, value: string | undefined) =>
    faults.optional(`${path}.${part}`, what, value, LONGEST_PART);
  const texts = (part: string, what: string, values: readonly string[] = []) =>
    values.slice(0, MOST_OF_A_PART).flatMap((value, index) => text(`${part}[${index}]`, what, value) ?? []);
  const addresses = texts('addresses', 'An address', card.addresses);
  const urls = texts('urls', 'A web address', card.urls);
  const organisation = text('org.company', 'A company', card.organisation);
  const position = text('org.title', 'A position', card.position);
  const birthday = text('birthday', 'A birthday', card.birthday);
  if (birthday !== undefined && !DATE.test(birthday)) {
    faults.add(`${path}.birthday`, 'A birthday is written as YYYY-MM-DD.');
  }
  return {
    name: faults.required(`${path}.name.formatted_name`, 'The name of a contact', card.name, LONGEST_PART),
    phones: readPhones(faults, card, path),
    emails: card.emails.slice(0, MOST_OF_A_PART).flatMap(({ email: given, label }, index) => {
      const email = text(`emails[${index}].email`, 'An e-mail address', given);
      return email === undefined ? [] : [{ email, ...(label === undefined ? {} : { label }) }];
    }),
    ...(organisation === undefined ? {} : { organisation }),
    ...(position === undefined ? {} : { position }),
    ...(addresses.length === 0 ? {} : { addresses }),
    ...(urls.length === 0 ? {} : { urls }),
    ...(birthday === undefined ? {} : { birthday }),
  };
}

function readPhones(faults: Faults, card: SharedContact, path: string): SharedContact['phones'] {
  return card.phones.slice(0, MOST_OF_A_PART).flatMap((given, index) => {
    const at = `${path}.phones[${index}]`;
    const phone = faults.optional(`${at}.phone`, 'A phone number', given.phone, LONGEST_PART);
    const digits = given.waId?.replace(/\D/g, '');
    if (phone === undefined) {
      return [];
    } else if (!/\d/.test(phone)) {
      faults.add(`${at}.phone`, 'A phone number has digits, such as +263 77 123 4567.');
    }
    return [
      {
        phone,
        ...(digits ? { waId: digits } : {}),
        ...(given.label === undefined ? {} : { label: given.label }),
      },
    ];
  });
}
