import { asArray, asObject, type Fields, onlyKeys, optionalText, requireText } from '../fields.ts';
import { invalidParameter } from '../graph-error.ts';

const LISTS: Record<string, readonly string[]> = {
  phones: ['phone', 'wa_id', 'type'],
  emails: ['email', 'type'],
  addresses: ['street', 'city', 'state', 'zip', 'country', 'country_code', 'type'],
  urls: ['url', 'type'],
};
const NAME = ['formatted_name', 'first_name', 'last_name', 'middle_name', 'prefix', 'suffix'] as const;
const ORGANISATION = ['company', 'department', 'title'] as const;

export function checkContacts(content: unknown): void {
  asArray(content, 'contacts', { max: 257 }).forEach((item, index) => {
    const path = `contacts[${index}]`;
    const contact = asObject(item, path);
    onlyKeys(contact, path, ['name', 'org', 'birthday', ...Object.keys(LISTS)]);
    requireText(asObject(contact.name, `${path}.name`), 'formatted_name', `${path}.name`);
    checkTexts(asObject(contact.name, `${path}.name`), `${path}.name`, NAME);
    if (contact.org !== undefined) {
      checkTexts(asObject(contact.org, `${path}.org`), `${path}.org`, ORGANISATION);
    }
    checkBirthday(contact, path);
    checkLists(contact, path);
  });
}

function checkLists(contact: Fields, path: string): void {
  for (const [list, keys] of Object.entries(LISTS)) {
    if (contact[list] !== undefined) {
      asArray(contact[list], `${path}.${list}`, { min: 0 }).forEach((entry, index) => {
        const place = `${path}.${list}[${index}]`;
        checkTexts(asObject(entry, place), place, keys);
      });
    }
  }
}

function checkTexts(fields: Fields, path: string, keys: readonly string[]): void {
  onlyKeys(fields, path, keys);
  for (const key of keys) {
    optionalText(fields, key, path);
  }
}

function checkBirthday(contact: Fields, path: string): void {
  optionalText(contact, 'birthday', path);
  if (typeof contact.birthday === 'string' && !/^\d{4}-\d{2}-\d{2}$/.test(contact.birthday)) {
    throw invalidParameter(`${path}.birthday must be written as YYYY-MM-DD.`);
  }
}
