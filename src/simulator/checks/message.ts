import { asObject, type Fields, onlyKeys, optionalText, requireOneOf, requireText } from '../fields.ts';
import { GraphError, invalidParameter } from '../graph-error.ts';
import { checkContacts } from './contacts.ts';
import { checkInteractive } from './interactive/interactive.ts';
import { checkLocation } from './location.ts';
import { checkAudio, checkCaptioned, checkDocument, checkSticker } from './media.ts';
import { checkReaction } from './reaction.ts';
import { checkTemplate } from './template.ts';
import { checkText } from './text.ts';

const CHECKS: Record<string, (content: unknown) => void> = {
  text: checkText,
  image: (content) => checkCaptioned(content, 'image'),
  video: (content) => checkCaptioned(content, 'video'),
  audio: checkAudio,
  document: checkDocument,
  sticker: checkSticker,
  location: checkLocation,
  contacts: checkContacts,
  reaction: checkReaction,
  interactive: checkInteractive,
  template: checkTemplate,
};

const AROUND = [
  'messaging_product',
  'recipient_type',
  'to',
  'recipient',
  'type',
  'context',
  'biz_opaque_callback_data',
  'recipient_identity_key_hash',
  'messaging_account_id',
];

/** Checks everything about a message that its own JSON can tell. Returns its type. */
export function checkMessage(body: Fields): string {
  const type = requireText(body, 'type', 'body');
  const check = CHECKS[type];
  if (!check) {
    throw invalidParameter(`Param type must be one of {${Object.keys(CHECKS).join(', ')}}, not "${type}".`);
  }
  onlyKeys(body, 'body', [...AROUND, type]);
  if (body.recipient_type !== undefined) {
    requireOneOf(body, 'recipient_type', 'body', ['individual']);
  }
  optionalText(body, 'biz_opaque_callback_data', 'body', { max: 512 });
  optionalText(body, 'recipient_identity_key_hash', 'body');
  optionalText(body, 'messaging_account_id', 'body');
  if (body.context !== undefined) {
    checkContext(body, type);
  }
  check(body[type]);
  return type;
}

export function checkProduct(body: Fields): void {
  if (body.messaging_product === undefined) {
    throw new GraphError(400, 100, '(#100) The parameter messaging_product is required.');
  }
  requireOneOf(body, 'messaging_product', 'body', ['whatsapp']);
}

function checkContext(body: Fields, type: string): void {
  const context = asObject(body.context, 'context');
  onlyKeys(context, 'context', ['message_id']);
  requireText(context, 'message_id', 'context');
  if (type === 'reaction') {
    throw invalidParameter('A reaction cannot be a contextual reply: leave out context.');
  }
}
