import { asFields, asText, asWords, type Fields, isTrue } from '../shape.ts';
import type { InboundMedia, Reader, Understood } from './understood.ts';

type MediaKind = 'image' | 'video' | 'audio' | 'document' | 'sticker';

const UNKNOWN_MIME = 'application/octet-stream';

export const readImage: Reader = (message) => read('image', asFields(message.image));
export const readVideo: Reader = (message) => read('video', asFields(message.video));
export const readDocument: Reader = (message) => read('document', asFields(message.document));
export const readAudio: Reader = (message) => {
  const audio = asFields(message.audio);
  return read('audio', audio, { voice: isTrue(audio?.voice) });
};
export const readSticker: Reader = (message) => {
  const sticker = asFields(message.sticker);
  return read('sticker', sticker, { animated: isTrue(sticker?.animated) });
};

/** Older payloads have a kind of their own for voice notes. */
export const readVoice: Reader = (message) => read('audio', asFields(message.voice), { voice: true });

function read(
  kind: MediaKind,
  body: Fields | null,
  traits: { voice?: boolean; animated?: boolean } = {},
): Understood | null {
  const media = readMedia(body);
  if (media === null) {
    return null;
  }
  const { mime, filename } = media;
  return {
    text: asText(body?.caption) ?? '',
    content: { kind: 'media', media: kind, mime, ...(filename === undefined ? {} : { filename }), ...traits },
    media,
  };
}

function readMedia(body: Fields | null): InboundMedia | null {
  const id = asWords(body?.id);
  const filename = asWords(body?.filename);
  const url = asWords(body?.url);
  return id === null
    ? null
    : {
        id,
        mime: asWords(body?.mime_type) ?? UNKNOWN_MIME,
        sha256: asWords(body?.sha256),
        ...(filename === null ? {} : { filename }),
        ...(url === null ? {} : { url }),
      };
}
