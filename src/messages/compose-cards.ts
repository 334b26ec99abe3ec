import { LIMITS } from '#src/whatsapp/outgoing-limits.ts';
import { Faults } from './faults.ts';
import type { MessageContent, NameParts, SharedAddress, SharedContact } from './thread-message.ts';

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

function readCard(faults: Faults, card: SharedContact, at: string): SharedContact {
  const nameParts = readNameParts(faults, `${at}.name`, card.nameParts);
  const addresses = readEach(faults, `${at}.addresses`, readAddress, card.addresses);
  const urls = readEach(faults, `${at}.urls`, readUrl, card.urls);
  const { birthday } = readTexts(faults, at, { birthday: ['birthday', 'A birthday', card.birthday] });
  if (birthday !== undefined && !DATE.test(birthday)) {
    faults.add(`${at}.birthday`, 'A birthday is written as YYYY-MM-DD.');
  }
  return {
    name: faults.required(`${at}.name.formatted_name`, 'The name of a contact', card.name, LONGEST_PART),
    ...(isEmpty(nameParts) ? {} : { nameParts }),
    phones: readEach(faults, `${at}.phones`, readPhone, card.phones),
    emails: readEach(faults, `${at}.emails`, readEmail, card.emails),
    ...readTexts(faults, `${at}.org`, {
      organisation: ['company', 'A company', card.organisation],
      department: ['department', 'A department', card.department],
      position: ['title', 'A position', card.position],
    }),
    ...(addresses.length === 0 ? {} : { addresses }),
    ...(urls.length === 0 ? {} : { urls }),
    ...(birthday === undefined ? {} : { birthday }),
  };
}

function readNameParts(faults: Faults, at: string, parts: NameParts = {}): NameParts {
  return readTexts(faults, at, {
    first: ['first_name', 'A first name', parts.first],
    middle: ['middle_name', 'A middle name', parts.middle],
    last: ['last_name', 'A last name', parts.last],
    prefix: ['prefix', 'What is before a name', parts.prefix],
    suffix: ['suffix', 'What is after a name', parts.suffix],
  });
}

type Phone = SharedContact['phones'][number];
type Email = SharedContact['emails'][number];
type Url = NonNullable<SharedContact['urls']>[number];

function readPhone(faults: Faults, given: Phone, at: string): Phone | undefined {
  const phone = faults.optional(`${at}.phone`, 'A phone number', given.phone, LONGEST_PART);
  const digits = given.waId?.replace(/\D/g, '');
  if (phone === undefined) {
    return undefined;
  } else if (!/\d/.test(phone)) {
    faults.add(`${at}.phone`, 'A phone number has digits, such as +263 77 123 4567.');
  }
  return { phone, ...(digits ? { waId: digits } : {}), ...readLabel(faults, given, at) };
}

function readEmail(faults: Faults, given: Email, at: string): Email | undefined {
  const email = faults.optional(`${at}.email`, 'An e-mail address', given.email, LONGEST_PART);
  return email === undefined ? undefined : { email, ...readLabel(faults, given, at) };
}

function readUrl(faults: Faults, given: Url, at: string): Url | undefined {
  const url = faults.optional(`${at}.url`, 'A web address', given.url, LONGEST_PART);
  return url === undefined ? undefined : { url, ...readLabel(faults, given, at) };
}

function readAddress(faults: Faults, given: SharedAddress, at: string): SharedAddress | undefined {
  const lines = readTexts(faults, at, {
    street: ['street', 'A street', given.street],
    city: ['city', 'A city', given.city],
    state: ['state', 'A state', given.state],
    zip: ['zip', 'A postal code', given.zip],
    country: ['country', 'A country', given.country],
    countryCode: ['country_code', 'The code of a country', given.countryCode],
  });
  return isEmpty(lines) ? undefined : { ...lines, ...readLabel(faults, given, at) };
}

const readLabel = (faults: Faults, { label }: { label?: string }, at: string): { label?: string } =>
  readTexts(faults, at, { label: ['type', 'The type', label] });

/** What is read of each that says something. */
function readEach<Entry>(
  faults: Faults,
  at: string,
  read: (faults: Faults, entry: Entry, at: string) => Entry | undefined,
  given: readonly Entry[] = [],
): Entry[] {
  if (given.length > MOST_OF_A_PART) {
    faults.add(at, `A card can have at most ${MOST_OF_A_PART} of these. These are ${given.length}.`);
  }
  const first = given.slice(0, MOST_OF_A_PART);
  return first.flatMap((entry, index) => read(faults, entry, `${at}[${index}]`) ?? []);
}

/** Its last name in Meta's JSON, what begins a sentence about it, and what was given. */
type Text = readonly [name: string, what: string, given: string | undefined];

/** Those that say something. */
function readTexts<Key extends string>(
  faults: Faults,
  at: string,
  texts: Record<Key, Text>,
): Partial<Record<Key, string>> {
  const read = Object.entries<Text>(texts).flatMap(([key, [name, what, given]]) => {
    const text = faults.optional(`${at}.${name}`, what, given, LONGEST_PART);
    return text === undefined ? [] : [[key, text] as const];
  });
  return Object.fromEntries(read) as Partial<Record<Key, string>>;
}

const isEmpty = (values: object): boolean => Object.keys(values).length === 0;
