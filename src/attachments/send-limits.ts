/** What a file is sent as: Meta's message types for files. */
export const sentKinds = ['image', 'video', 'audio', 'document', 'sticker'] as const;
export type SentKind = (typeof sentKinds)[number];

export const MEGABYTE = 1024 * 1024;

/** What WhatsApp takes as each kind (Meta's table of supported media). */
export const sendLimits: Readonly<Record<SentKind, { bytes: number; mimes: readonly string[] }>> = {
  image: { bytes: 5 * MEGABYTE, mimes: ['image/jpeg', 'image/png'] },
  video: { bytes: 16 * MEGABYTE, mimes: ['video/mp4', 'video/3gpp'] },
  /** Ogg only with one channel of Opus. */
  audio: { bytes: 16 * MEGABYTE, mimes: ['audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg'] },
  document: {
    bytes: 100 * MEGABYTE,
    mimes: [
      'text/plain',
      'application/pdf',
      'application/msword',
      'application/vnd.ms-excel',
      'application/vnd.ms-powerpoint',
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    ],
  },
  /** Still ones: 100 KB. */
  sticker: { bytes: 500 * 1024, mimes: ['image/webp'] },
};
export const STILL_STICKER_BYTES = 100 * 1024;

/** A picture is made smaller before it is sent, but it has to be read whole for that. */
export const LARGEST_PICTURE = 32 * MEGABYTE;
/** Above this a voice note is shown as a file, without the button that plays it. */
export const PLAYED_VOICE_BYTES = 512 * 1024;
/** In bytes, the largest file of any kind. */
export const LARGEST_FILE = sendLimits.document.bytes;
export const LONGEST_CAPTION = 1024;
/** Files that are sent with one press. */
export const MOST_FILES = 10;

/** The kinds whose message can carry text. */
export const canCarryText = (kind: SentKind): boolean => kind !== 'audio' && kind !== 'sticker';

const NAMES: Readonly<Record<SentKind, string>> = {
  image: 'pictures',
  video: 'videos',
  audio: 'audio files',
  document: 'files',
  sticker: 'stickers',
};

/** For a person: what is too large and what to do. `bytes` null: more than the limit, and nobody counted on. */
export function tooLargeSentence(kind: SentKind, limit: number, bytes: number | null): string {
  const size = bytes === null ? '' : ` This one has ${inMegabytes(bytes)}.`;
  return `WhatsApp takes ${NAMES[kind]} of at most ${inMegabytes(limit)}.${size} Make it smaller, or send a link to it.`;
}

/** `4.2 MB`, `100 MB`, `100 KB`. */
function inMegabytes(bytes: number): string {
  return bytes < MEGABYTE
    ? `${Math.ceil(bytes / 1024)} KB`
    : `${(Math.ceil((bytes / MEGABYTE) * 10) / 10).toLocaleString('en')} MB`;
}
