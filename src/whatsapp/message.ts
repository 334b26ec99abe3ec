import type { MessageContent } from '#src/messages/thread-message.ts';
import { readButton } from './kinds/button.ts';
import { readSharedContacts } from './kinds/contacts.ts';
import { readInteractive } from './kinds/interactive.ts';
import { readLocation } from './kinds/location.ts';
import { readAudio, readDocument, readImage, readSticker, readVideo, readVoice } from './kinds/media.ts';
import { readText } from './kinds/text.ts';
import type { InboundMedia, Reader } from './kinds/understood.ts';
import { whyUnsupported } from './kinds/unsupported.ts';
import { readMetaErrors } from './meta-error.ts';
import { asFields, asWords, type Fields, isTrue } from './shape.ts';

export type InboundMessage = {
  wamid: string;
  /** Meta's time of it, ms. */
  at: number;
  /** Meta's type, or `unsupported`. */
  type: string;
  /** What a person reads: body, caption, button title; '' when there is nothing. */
  text: string;
  content: MessageContent;
  quotedWamid: string | null;
  /** Passed on by the customer; `often` after more than five hops. */
  forwarded: 'none' | 'once' | 'often';
  groupId: string | null;
  media: InboundMedia | null;
  /** Plain words, when `type` is `unsupported`. */
  unsupportedReason?: string;
};

/** A map, because the type comes from outside: `constructor` must find nothing. */
const READERS = new Map<string, Reader>([
  ['text', readText],
  ['image', readImage],
  ['video', readVideo],
  ['audio', readAudio],
  ['voice', readVoice],
  ['document', readDocument],
  ['sticker', readSticker],
  ['location', readLocation],
  ['contacts', readSharedContacts],
  ['button', readButton],
  ['interactive', readInteractive],
]);
const LONGEST_TYPE = 64;

type Circumstances = {
  wamid: string;
  at: number;
  /** Errors that stand beside the messages instead of in them. */
  valueErrors: unknown;
};

/** Reads a message, whatever its kind: what cannot be understood becomes `unsupported` and says why. */
export function readMessage(message: Fields, { wamid, at, valueErrors }: Circumstances): InboundMessage {
  const type = asWords(message.type);
  const reader = type === null ? undefined : READERS.get(type);
  const understood = reader?.(message) ?? null;
  const envelope = { wamid, at, ...readContext(message), groupId: asWords(message.group_id) };
  if (type === null || understood === null) {
    const errors = [...readMetaErrors(message.errors), ...readMetaErrors(valueErrors)];
    const reason = whyUnsupported(
      type,
      message,
      errors.map((error) => error.code),
      reader !== undefined,
    );
    return { ...envelope, ...unsupported(type, reason) };
  } else {
    const { text, content, media = null } = understood;
    return { ...envelope, type: type === 'voice' ? 'audio' : type, text, content, media };
  }
}

function unsupported(type: string | null, reason: string) {
  const metaType = type?.slice(0, LONGEST_TYPE).toWellFormed();
  return {
    type: 'unsupported',
    text: '',
    content: { kind: 'unsupported', reason, ...(metaType === undefined ? {} : { metaType }) } as const,
    media: null,
    unsupportedReason: reason,
  };
}

function readContext(message: Fields): Pick<InboundMessage, 'quotedWamid' | 'forwarded'> {
  const context = asFields(message.context);
  if (isTrue(context?.frequently_forwarded)) {
    return { quotedWamid: asWords(context?.id), forwarded: 'often' };
  } else {
    return { quotedWamid: asWords(context?.id), forwarded: isTrue(context?.forwarded) ? 'once' : 'none' };
  }
}
