import { isNobody, readIds, type Sender } from '../sender.ts';
import { asFields, asList, asMoment, asWords, type Fields } from '../shape.ts';
import type { Update } from '../update.ts';
import { type About, accountEvent, type FieldReader, wordOf } from './account-event.ts';

/** `smb_app_state_sync`: contacts in the address book of the phone were added, changed or removed. */
export const readContactSync: FieldReader = (value, about) => {
  const items = asList(value.state_sync);
  return items.length === 0
    ? [accountEvent(value, about, { about: 'other', event: '' })]
    : items.map((item, position) => readItem(value, asFields(item) ?? {}, about, position));
};

function readItem(value: Fields, item: Fields, about: About, position: number): Update {
  const contact = asFields(item.contact);
  const action = wordOf(item.action);
  const phoneNumberId = asWords(asFields(value.metadata)?.phone_number_id);
  if (contact === null || (action !== 'ADD' && action !== 'REMOVE')) {
    return accountEvent(value, about, { about: 'other', event: action }, {}, position);
  }
  const sender = readSender(contact);
  return phoneNumberId === null || isNobody(sender)
    ? { kind: 'malformed', position, error: 'The contact has neither a phone number nor an id.' }
    : {
        kind: 'phone-contact',
        position,
        phoneNumberId,
        sender,
        action: action === 'ADD' ? 'add' : 'remove',
        at: asMoment(asFields(item.metadata)?.timestamp) ?? about.at,
      };
}

function readSender(contact: Fields): Sender {
  return {
    ...readIds(contact.phone_number, contact.user_id, contact.parent_user_id),
    username: asWords(contact.username),
    name: asWords(contact.full_name) ?? asWords(contact.first_name),
  };
}
