import type { SharedContact } from '#src/messages/thread-message.ts';
import { cardOf } from './outgoing-card.ts';
import { interactiveOf, type OutgoingInteractive } from './outgoing-interactive.ts';
import { type OutgoingTemplate, templateBody } from './template-message.ts';

/** A message on its way out. `callback` comes back in every status, and settles what no answer told. */
export type Outgoing = {
  /** E.164 with `+`: without it Meta prepends the business's own country code. */
  to: { phone: string } | { bsuid: string };
  callback: string;
  body:
    | OutgoingText
    | OutgoingMedia
    | OutgoingReaction
    | OutgoingLocation
    | OutgoingContacts
    | OutgoingInteractive
    | OutgoingTemplate;
};

type OutgoingText = { type: 'text'; text: string; hasPreview?: boolean; quotedWamid?: string };
type OutgoingLocation = {
  type: 'location';
  latitude: number;
  longitude: number;
  name?: string;
  address?: string;
  quotedWamid?: string;
};
type OutgoingContacts = { type: 'contacts'; contacts: readonly SharedContact[]; quotedWamid?: string };
/** A file that was uploaded to Meta before. Only a document has a name; audio and stickers have no caption. */
export type OutgoingMedia = {
  type: 'image' | 'video' | 'audio' | 'document' | 'sticker';
  mediaId: string;
  caption?: string;
  filename?: string;
  /** Of audio: it was spoken for this customer, and is shown so. */
  voice?: boolean;
  quotedWamid?: string;
};
/** An empty emoji takes the reaction back. */
type OutgoingReaction = { type: 'reaction'; wamid: string; emoji: string };

/** The body of `POST /{phone_number_id}/messages`. */
export function messageBody({ to, callback, body }: Outgoing): object {
  return {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    ...('phone' in to ? { to: to.phone } : { recipient: to.bsuid }),
    ...bodyOf(body),
    biz_opaque_callback_data: callback,
  };
}

/** A read receipt goes to the same address. Typing is shown with one alone: Meta always marks as read with it. */
export function readBody(wamid: string, { isTyping }: { isTyping: boolean } = { isTyping: false }): object {
  return {
    messaging_product: 'whatsapp',
    status: 'read',
    message_id: wamid,
    ...(isTyping ? { typing_indicator: { type: 'text' } } : {}),
  };
}

function bodyOf(body: Outgoing['body']): object {
  switch (body.type) {
    case 'text':
      return {
        type: 'text',
        text: { body: body.text, preview_url: body.hasPreview === true },
        ...contextOf(body),
      };
    case 'location':
      return { type: 'location', location: placeOf(body), ...contextOf(body) };
    case 'contacts':
      return { type: 'contacts', contacts: body.contacts.map(cardOf), ...contextOf(body) };
    case 'interactive':
      return { type: 'interactive', interactive: interactiveOf(body), ...contextOf(body) };
    case 'template':
      return { type: 'template', template: templateBody(body) };
    case 'reaction':
      return { type: 'reaction', reaction: { message_id: body.wamid, emoji: body.emoji } };
    default:
      return { type: body.type, [body.type]: mediaOf(body), ...contextOf(body) };
  }
}

function placeOf({ latitude, longitude, name, address }: OutgoingLocation): object {
  return {
    latitude,
    longitude,
    ...(name === undefined ? {} : { name }),
    ...(address === undefined ? {} : { address }),
  };
}

function mediaOf({ type, mediaId, caption, filename, voice }: OutgoingMedia): object {
  return {
    id: mediaId,
    ...(type !== 'audio' && type !== 'sticker' && caption ? { caption } : {}),
    ...(type === 'document' && filename ? { filename } : {}),
    ...(type === 'audio' && voice ? { voice: true } : {}),
  };
}

function contextOf({ quotedWamid }: { quotedWamid?: string }): object {
  return quotedWamid === undefined ? {} : { context: { message_id: quotedWamid } };
}
