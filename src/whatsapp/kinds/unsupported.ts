import { asFields, asWords, type Fields } from '../shape.ts';

const REASONS = new Map([
  ['order', 'The customer sent an order from the catalogue.'],
  ['edit', 'The customer edited an earlier message.'],
  ['revoke', 'The customer deleted an earlier message.'],
  ['reaction', 'The customer reacted to a message, but not in a way that can be read.'],
  ['system/user_changed_number', 'The customer changed their phone number.'],
  ['system/user_changed_user_id', 'WhatsApp gave the customer a new identity.'],
  ['system/customer_identity_changed', 'The customer may be using another phone.'],
  ['interactive/nfm_reply', 'The customer filled in a form.'],
  ['interactive/call_permission_reply', 'The customer answered a request to call them.'],
  ['unsupported/edit', 'The customer edited an earlier message, which WhatsApp does not pass on.'],
  ['unsupported/poll', 'The customer sent a poll, which WhatsApp does not pass on.'],
]);
const NOT_PASSED_ON = 'The customer sent something that WhatsApp does not pass on.';
const WITHHELD = new Set(['unsupported', 'interactive']);
const TOO_BIG = 131052;

/**
 * Says in plain words why a message is not shown as itself.
 * `known` tells that its type is one of those understood, so that only its content cannot be read.
 */
export function whyUnsupported(
  type: string | null,
  message: Fields,
  codes: number[],
  known: boolean,
): string {
  const subtype = type === null ? null : asWords(asFields(message[type])?.type);
  const reason = REASONS.get(`${type}/${subtype}`) ?? REASONS.get(type ?? '');
  if (codes.includes(TOO_BIG)) {
    return 'The customer sent a file that WhatsApp could not pass on, perhaps because it is too large.';
  } else if (reason !== undefined) {
    return reason;
  } else if (type === null) {
    return 'The message does not say what kind it is.';
  } else if (type === 'unsupported' || (codes.length > 0 && WITHHELD.has(type))) {
    return NOT_PASSED_ON;
  } else if (known) {
    return 'The message came without content that can be read.';
  } else {
    return 'The customer sent a kind of message that is not known here.';
  }
}
