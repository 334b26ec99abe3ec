import type { MessageContent, Unsupported } from '#src/messages/thread-message.ts';
import { readButton } from './kinds/button.ts';
import { readSharedContacts } from './kinds/contacts.ts';
import { readInteractive } from './kinds/interactive.ts';
import { readLocation } from './kinds/location.ts';
import { type Marks, readMarks } from './kinds/marks.ts';
import { readAudio, readDocument, readImage, readSticker, readVideo, readVoice } from './kinds/media.ts';
import { readOrder } from './kinds/order.ts';
import { readSentInteractive } from './kinds/sent-interactive.ts';
import { readSentTemplate } from './kinds/sent-template.ts';
import { readText } from './kinds/text.ts';
import type { InboundMedia, Reader } from './kinds/understood.ts';
import { whyUnsupported } from './kinds/unsupported.ts';
import { readMetaErrors } from './meta-error.ts';
import { asWords, type Fields } from './shape.ts';

export type InboundMessage = Marks & {
  wamid: string;
  /** Meta's time of it, ms. */
  at: number;
  /** Meta's type, or `unsupported`. */
  type: string;
  /** What a person reads: body, caption, button title; '' when there is nothing. */
  text: string;
  content: MessageContent;
  media: InboundMedia | null;
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
  ['order', readOrder],
]);
/** What another program sent stands in the shape it is sent in, which differs for these. */
const SENT_READERS = new Map<string, Reader>([
  ...READERS,
  ['interactive', readSentInteractive],
  ['template', readSentTemplate],
]);
const LONGEST_TYPE = 64;

type Circumstances = {
  wamid: string;
  at: number;
  /** Errors that stand beside the messages instead of in them. */
  valueErrors: unknown;
  /** It is in the shape that a message is sent in. */
  isSent?: boolean;
};

/** Reads a message, whatever its kind: what cannot be understood becomes `unsupported` and says why. */
export function readMessage(
  message: Fields,
  { wamid, at, valueErrors, isSent }: Circumstances,
): InboundMessage {
  const type = asWords(message.type);
  const reader = type === null ? undefined : (isSent ? SENT_READERS : READERS).get(type);
  const understood = reader?.(message) ?? null;
  const envelope = { wamid, at, ...readMarks(message) };
  if (type === null || understood === null) {
    const errors = [...readMetaErrors(message.errors), ...readMetaErrors(valueErrors)];
    const codes = errors.map((error) => error.code);
    return { ...envelope, ...unsupported(type, whyUnsupported(type, message, codes, reader !== undefined)) };
  } else {
    const { text, content, media = null } = understood;
    return { ...envelope, type: shownType(type, content), text, content, media };
  }
}

/** Voice notes were once a type of their own, and what is shown by its words alone is a text. */
function shownType(type: string, { kind }: MessageContent): string {
  if (kind === 'text') {
    return kind;
  }
  return type === 'voice' ? 'audio' : type;
}

function unsupported(type: string | null, why: Unsupported) {
  const metaType = type?.slice(0, LONGEST_TYPE).toWellFormed();
  return {
    type: 'unsupported',
    text: '',
    content: { kind: 'unsupported', why, ...(metaType === undefined ? {} : { metaType }) } as const,
    media: null,
  };
}
