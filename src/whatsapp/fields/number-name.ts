import { asWords } from '../shape.ts';
import { accountEvent, type FieldReader, type Severity, wordOf } from './account-event.ts';

const SEVERITIES: ReadonlyMap<string, Severity> = new Map([
  ['APPROVED', 'good'],
  ['REJECTED', 'warning'],
]);

/** `phone_number_name_update`: whether the name that customers see was approved. */
export const readNumberName: FieldReader = (value, about) => {
  const event = wordOf(value.decision);
  const reason = wordOf(value.rejection_reason);
  const facts = {
    name: asWords(value.requested_verified_name),
    reason: reason === 'NONE' ? null : reason,
  };
  return [
    accountEvent(value, about, { about: 'name', event, severity: SEVERITIES.get(event) ?? 'info' }, facts),
  ];
};
