import type { Unsupported } from '#src/messages/thread-message.ts';
import { asFields, asWords, type Fields } from '../shape.ts';

/** By type, and by the type within it. */
const REASONS = new Map<string, Unsupported>([
  ['order', 'order'],
  ['edit', 'edit'],
  ['revoke', 'revoke'],
  ['media_placeholder', 'history_media'],
  ['reaction', 'reaction'],
  ['request_welcome', 'opened_chat'],
  ['system/user_changed_number', 'number_changed'],
  ['system/user_changed_user_id', 'id_changed'],
  ['system/customer_identity_changed', 'identity_changed'],
  ['interactive/nfm_reply', 'form'],
  ['interactive/call_permission_reply', 'call_permission'],
  ['unsupported/button', 'interactive_withheld'],
  ['unsupported/edit', 'edit_withheld'],
  ['unsupported/interactive', 'interactive_withheld'],
  ['unsupported/list', 'interactive_withheld'],
  ['unsupported/live_location', 'location_withheld'],
  ['unsupported/poll', 'poll'],
  ['unsupported/poll_creation', 'poll'],
  ['unsupported/view_once', 'view_once'],
  ['unsupported/view_once_image', 'view_once'],
  ['unsupported/view_once_media', 'view_once'],
  ['unsupported/view_once_video', 'view_once'],
]);
/** https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes */
const BY_CODE = new Map<number, Unsupported>([
  [131052, 'too_big'],
  [131060, 'unavailable'],
]);
const WITHHELD = new Set(['unsupported', 'interactive']);

/**
 * Why a message is not shown as itself. `isKnown` tells that its type is one of those understood, so that only its
 * content cannot be read.
 */
export function whyUnsupported(
  type: string | null,
  message: Fields,
  codes: readonly number[],
  isKnown: boolean,
): Unsupported {
  const subtype = type === null ? null : asWords(asFields(message[type])?.type);
  const byCode = codes.map((code) => BY_CODE.get(code)).find((reason) => reason !== undefined);
  const reason = byCode ?? REASONS.get(`${type}/${subtype}`) ?? REASONS.get(type ?? '');
  if (reason !== undefined) {
    return reason;
  } else if (type === null) {
    return 'no_type';
  } else if (type === 'unsupported' || (codes.length > 0 && WITHHELD.has(type))) {
    return 'not_passed_on';
  } else {
    return isKnown ? 'unreadable' : 'unknown_kind';
  }
}
