import { identify, isNobody, readContacts, readIds } from '../sender.ts';
import { asFields, asList, asMoment, asWords, type Fields } from '../shape.ts';
import type { Update } from '../update.ts';
import { type About, accountEvent, type FieldReader, remarkOf, wordOf } from './account-event.ts';

/** What a customer has chosen in WhatsApp about what a business may send. */
export type Preference = {
  /** `marketing`, or Meta's word where it is another one. */
  purpose: string;
  state: 'given' | 'withdrawn';
  /** Meta's words for it. */
  wording: string | null;
};

const STATES: ReadonlyMap<string, Preference['state']> = new Map([
  ['STOP', 'withdrawn'],
  ['RESUME', 'given'],
  ['SIGNUP', 'given'],
]);

/** `user_preferences`: somebody wants no more advertising, or wants it again. */
export const readUserPreferences: FieldReader = (value, about) => {
  const contacts = readContacts(value.contacts);
  const items = asList(value.user_preferences);
  return items.length === 0
    ? [accountEvent(value, about, { about: 'other', event: '' })]
    : items.map((item, position) => preference(value, asFields(item) ?? {}, { about, position, contacts }));
};

type Place = { about: About; position: number; contacts: ReturnType<typeof readContacts> };

function preference(value: Fields, item: Fields, { about, position, contacts }: Place): Update {
  const phoneNumberId = asWords(asFields(value.metadata)?.phone_number_id);
  const word = wordOf(item.value);
  const state = STATES.get(word);
  const sender = identify(readIds(item.wa_id, item.user_id, item.parent_user_id), contacts, false);
  if (phoneNumberId === null || isNobody(sender)) {
    return { kind: 'malformed', position, error: 'The preference does not say whose it is.' };
  } else if (state === undefined) {
    return accountEvent(value, about, { about: 'other', event: word }, {}, position);
  }
  const category = wordOf(item.category).toLowerCase();
  return {
    kind: 'preference',
    position,
    phoneNumberId,
    sender,
    at: asMoment(item.timestamp) ?? about.at,
    purpose: category === '' || category === 'marketing_messages' ? 'marketing' : category,
    state,
    wording: remarkOf(item.detail),
  };
}
