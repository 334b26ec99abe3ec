import { accountEvent, type FieldReader, type Severity, wordOf } from './account-event.ts';

const SEVERITIES: ReadonlyMap<string, Severity> = new Map([
  ['APPROVED', 'good'],
  ['REJECTED', 'critical'],
]);

/** `account_review_update`: whether the business account passed Meta's review. */
export const readAccountReview: FieldReader = (value, about) => {
  const event = wordOf(value.decision);
  return [accountEvent(value, about, { about: 'review', event, severity: SEVERITIES.get(event) ?? 'info' })];
};
