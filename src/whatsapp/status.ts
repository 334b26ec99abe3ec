import { type MetaError, readMetaErrors } from './meta-error.ts';
import { type Contacts, type Ids, identify, isNobody, readIds, type Sender } from './sender.ts';
import { asFields, asText, asWords, type Fields } from './shape.ts';

export type Status = {
  wamid: string;
  /** Meta's word; there may be others than the documented ones. */
  status: string;
  /** What was sent along in `biz_opaque_callback_data`. */
  callback: string | null;
  /** Who received it: in a group the participant. A status is how the BSUID of a phone is learnt. */
  recipient: Sender | null;
  errors: MetaError[];
  pricing: Pricing | null;
};

/** `type` since October 2026: `regular` is billed, `free_customer_service` and `free_entry_point` are not. */
export type Pricing = { type: string | null; category: string | null };

export function readStatus(status: Fields, contacts: Contacts, isAlone: boolean): Status | null {
  const wamid = asWords(status.id);
  const word = asWords(status.status);
  if (wamid === null || word === null) {
    return null;
  }
  const ids = readRecipient(status);
  const recipient = identify(ids, contacts, isAlone && !isOfGroup(status));
  return {
    wamid,
    status: word,
    callback: asText(status.biz_opaque_callback_data),
    recipient: isNobody(recipient) ? null : recipient,
    errors: readMetaErrors(status.errors),
    pricing: readPricing(asFields(status.pricing)),
  };
}

/** The parent BSUID's key was renamed in 2026; both are in use. */
export function readRecipient(status: Fields): Ids {
  return isOfGroup(status)
    ? readIds(status.recipient_participant_id, status.recipient_participant_user_id, undefined)
    : readIds(
        status.recipient_id,
        status.recipient_user_id,
        status.recipient_parent_user_id ?? status.parent_recipient_user_id,
      );
}

/** In a group `recipient_id` names the group, not a person. */
function isOfGroup(status: Fields): boolean {
  return status.recipient_type === 'group';
}

function readPricing(pricing: Fields | null): Pricing | null {
  const type = asWords(pricing?.type);
  const category = asWords(pricing?.category);
  return type === null && category === null ? null : { type, category };
}
