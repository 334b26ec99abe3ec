import { clean } from '#src/db/clean.ts';
import { wabaOf } from '../payload.ts';
import { asMoment, asWords, type Fields } from '../shape.ts';
import type { Update } from '../update.ts';
import { readAccountAlerts } from './account-alerts.ts';
import type { About, FieldReader } from './account-event.ts';
import { readAccountReview } from './account-review.ts';
import { readAccountUpdate } from './account-update.ts';
import { readBusinessCapability } from './business-capability.ts';
import { readBusinessUsername } from './business-username.ts';
import { readContactSync } from './contact-sync.ts';
import { readGroups } from './groups.ts';
import { readHandovers } from './handovers.ts';
import { readHistory } from './history.ts';
import { readMessageEchoes } from './message-echoes.ts';
import { readNumberName } from './number-name.ts';
import { readNumberQuality } from './number-quality.ts';
import { readOthers } from './others.ts';
import { readSecurity } from './security.ts';
import { readTemplate } from './template.ts';
import { readUserPreferences } from './user-preferences.ts';

/** A map, because the field comes from outside: `constructor` must find nothing. */
const READERS = new Map<string, FieldReader>([
  ['message_template_status_update', readTemplate],
  ['message_template_quality_update', readTemplate],
  ['message_template_components_update', readTemplate],
  ['template_category_update', readTemplate],
  ['phone_number_quality_update', readNumberQuality],
  ['phone_number_name_update', readNumberName],
  ['business_capability_update', readBusinessCapability],
  ['account_update', readAccountUpdate],
  ['account_review_update', readAccountReview],
  ['account_alerts', readAccountAlerts],
  ['security', readSecurity],
  ['user_preferences', readUserPreferences],
  ['business_username_updates', readBusinessUsername],
  ['smb_message_echoes', readMessageEchoes],
  ['smb_app_state_sync', readContactSync],
  ['history', readHistory],
  ['messaging_handovers', readHandovers],
  ['group_lifecycle_update', readGroups],
  ['group_participants_update', readGroups],
  ['group_settings_update', readGroups],
  ['group_status_update', readGroups],
]);

/** Reads a change of any field but those about messages, calls and identities: what is not known here is listed. */
export function readField(field: string, change: Fields, value: Fields, receivedAt: number): Update[] {
  return (READERS.get(field) ?? readOthers)(value, aboutOf(field, change, receivedAt));
}

export function aboutOf(field: string, change: Fields, receivedAt: number): About {
  return {
    field: clean(field),
    wabaId: wabaOf(change) || (asWords(change.id) ?? ''),
    at: asMoment(change.time) ?? receivedAt,
    change,
  };
}
