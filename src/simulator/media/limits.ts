export const mediaKinds = ['image', 'video', 'audio', 'document', 'sticker'] as const;

export type MediaKind = (typeof mediaKinds)[number];

const KB = 1024;
const MB = 1024 * KB;

/** Cloud API, "Media": what may be uploaded as what, and how large it may be, in bytes. */
export const LIMITS: Record<MediaKind, { mimes: readonly string[]; most: number }> = {
  image: { mimes: ['image/jpeg', 'image/png'], most: 5 * MB },
  video: { mimes: ['video/mp4', 'video/3gpp'], most: 16 * MB },
  audio: { mimes: ['audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg'], most: 16 * MB },
  sticker: { mimes: ['image/webp'], most: 500 * KB },
  document: {
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
    most: 100 * MB,
  },
};

/** The larger limit is for stickers that move. */
export const MOST_OF_A_STILL_STICKER = 100 * KB;

/** The largest file of all. */
export const MOST = LIMITS.document.most;

/** A MIME type without its parameters. */
export function essence(mime: string): string {
  return (mime.split(';')[0] ?? '').trim().toLowerCase();
}

/** What a file of this type counts as when it is uploaded; null if Meta refuses it, as it does `text/csv`. */
export function kindOfUpload(mime: string): MediaKind | null {
  const type = essence(mime);
  return mediaKinds.find((kind) => LIMITS[kind].mimes.includes(type)) ?? null;
}
