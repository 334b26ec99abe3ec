import { asWords } from '../shape.ts';
import { accountEvent, type FieldReader, wordOf } from './account-event.ts';

/** `business_username_updates`: the username by which people find a number. */
export const readBusinessUsername: FieldReader = (value, about) => {
  const event = wordOf(value.status);
  const severity = event === 'APPROVED' ? 'good' : 'info';
  const facts = { username: asWords(value.username) };
  return [accountEvent(value, about, { about: 'username', event, severity }, facts)];
};
