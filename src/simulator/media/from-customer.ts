import type { Fields } from '../fields.ts';
import type { World } from '../world.ts';
import { addressOf } from './address.ts';
import { type MediaKind, MOST } from './limits.ts';
import { keepFile } from './store.ts';

/** A file as a customer sends it. What does not belong to its kind does not travel, as at Meta. */
export type FileMessage = {
  type: MediaKind;
  bytes: Uint8Array;
  /** With parameters where WhatsApp writes them: `audio/ogg; codecs=opus`. */
  mime: string;
  /** Documents only. */
  filename?: string;
  /** Images, videos and documents. */
  caption?: string;
  /** Audio: it was recorded with the microphone button. */
  voice?: boolean;
  /** Stickers. */
  animated?: boolean;
};

export type FileOptions = {
  /** Whether the webhook has the address of the file beside its id; a text is written there instead of it. */
  url?: boolean | string;
  /** What the webhook says instead of the real SHA-256 in base64. */
  sha256?: string;
};

const TRAITS: Record<MediaKind, readonly (keyof FileMessage)[]> = {
  image: ['caption'],
  video: ['caption'],
  audio: ['voice'],
  document: ['filename', 'caption'],
  sticker: ['animated'],
};

const DEFAULTS: Partial<Record<MediaKind, Fields>> = {
  audio: { voice: false },
  sticker: { animated: false },
};

/**
 * Keeps the file for the number, for 7 days, and returns the message that tells of it. Of a file that is larger than
 * Meta takes, nothing is kept, and the message is of no supported type.
 */
export function receiveFile(
  world: World,
  phoneNumberId: string,
  message: FileMessage,
  { url = false, sha256, at }: FileOptions & { at?: number } = {},
): Fields {
  const { type, mime, bytes } = message;
  if (bytes.length > MOST) {
    return tooLarge();
  }
  const file = keepFile(world, {
    phoneNumberId,
    from: 'customer',
    name: message.filename ?? null,
    mime,
    bytes,
    ...(at === undefined ? {} : { at }),
  });
  const traits = TRAITS[type].filter((trait) => message[trait] !== undefined);
  return {
    type,
    [type]: {
      ...DEFAULTS[type],
      ...Object.fromEntries(traits.map((trait) => [trait, message[trait]])),
      mime_type: mime,
      sha256: sha256 ?? Buffer.from(file.sha256, 'hex').toString('base64'),
      id: file.id,
      ...(url === false ? {} : { url: url === true ? addressOf(world, file) : url }),
    },
  };
}

function tooLarge(): Fields {
  const title = 'Media download error';
  return {
    type: 'unsupported',
    errors: [
      {
        code: 131052,
        title,
        message: title,
        error_data: { details: 'The file that the customer sent is larger than 100 MB.' },
      },
    ],
    unsupported: { type: 'document' },
  };
}
