import { asWords } from '../shape.ts';
import { accountEvent, type FieldReader, type Severity, wordOf } from './account-event.ts';

const SEVERITIES: ReadonlyMap<string, Severity> = new Map([
  ['FLAGGED', 'critical'],
  ['UNFLAGGED', 'good'],
  ['DOWNGRADE', 'warning'],
  ['UPGRADE', 'good'],
  ['THROUGHPUT_UPGRADE', 'good'],
  ['ONBOARDING', 'good'],
]);

/** The others are about how much it may send. */
const QUALITY = ['FLAGGED', 'UNFLAGGED'];

/** `phone_number_quality_update`: how a number is rated, and to how many new people it may write in a day. */
export const readNumberQuality: FieldReader = (value, about) => {
  const event = wordOf(value.event);
  const limit = asWords(value.max_daily_conversations_per_business ?? value.current_limit);
  const kind = QUALITY.includes(event) ? 'quality' : 'limit';
  const facts = { limit, before: asWords(value.old_limit) };
  return [
    accountEvent(value, about, { about: kind, event, severity: SEVERITIES.get(event) ?? 'info' }, facts),
  ];
};
