import { asWords } from '../shape.ts';
import { accountEvent, type FieldReader, wordOf } from './account-event.ts';

/** `security`: the PIN of two-step verification was changed, or somebody asked to reset it. */
export const readSecurity: FieldReader = (value, about) => {
  const event = wordOf(value.event);
  const severity = event === 'PIN_RESET_REQUEST' ? 'critical' : 'warning';
  const facts = { requester: asWords(value.requester) };
  return [accountEvent(value, about, { about: 'security', event, severity }, facts)];
};
