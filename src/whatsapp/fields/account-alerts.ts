import { asFields, asWords } from '../shape.ts';
import { accountEvent, type FieldReader, remarkOf, type Severity, wordOf } from './account-event.ts';

const SEVERITIES: ReadonlyMap<string, Severity> = new Map([
  ['CRITICAL', 'critical'],
  ['HIGH', 'critical'],
  ['WARNING', 'warning'],
  ['MEDIUM', 'warning'],
]);

/** `account_alerts`: what Meta wants somebody to know; its parts stand in `alert_info`, or beside it. */
export const readAccountAlerts: FieldReader = (value, about) => {
  const info = asFields(value.alert_info) ?? value;
  const severity = SEVERITIES.get(wordOf(info.alert_severity)) ?? 'info';
  const facts = {
    status: wordOf(info.alert_status),
    remark: remarkOf(info.alert_description),
    entity: wordOf(value.entity_type),
    entity_id: asWords(value.entity_id),
  };
  const event = wordOf(info.alert_type);
  return [accountEvent(value, about, { about: 'alert', event, severity }, facts)];
};
