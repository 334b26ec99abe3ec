import { asFields, asList, asWords } from '../shape.ts';
import { accountEvent, type FieldReader, wordOf } from './account-event.ts';

/** `group_*_update`: what happened to WhatsApp groups of the business. They are listed, and nothing else is done. */
export const readGroups: FieldReader = (value, about) => {
  const groups = asList(value.groups);
  const items = groups.length === 0 ? [value] : groups;
  return items.map((item, position) => {
    const group = asFields(item) ?? {};
    const facts = { group: asWords(group.group_id), subject: asWords(group.subject) };
    return accountEvent(value, about, { about: 'group', event: wordOf(group.type) }, facts, position);
  });
};
