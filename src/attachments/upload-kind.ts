import { Problem } from '#src/errors.ts';
import { sniff } from './kind.ts';
import type { FileRow } from './load-files.ts';
import { readOpusHead } from './opus-head.ts';
import {
  LARGEST_PICTURE,
  type SentKind,
  STILL_STICKER_BYTES,
  sendLimits,
  tooLargeSentence,
} from './send-limits.ts';
import { documentMime } from './upload-mime.ts';

/** How Meta names a voice note, in both directions; other Ogg files are `audio/ogg`. */
export const VOICE_MIME = 'audio/ogg; codecs=opus';

export type Given = {
  /** The first bytes of the file. */
  head: Uint8Array;
  name: string;
  /** It was recorded to be heard as a voice note. */
  isVoice: boolean;
  /** It may be meant as a sticker: only programs send these. */
  mayBeSticker: boolean;
};

export type UploadKind = {
  kind: SentKind;
  /** It has to be encoded anew before it is kept. */
  isPicture: boolean;
  /** What Meta is told it is. */
  mime: string;
  sniffed: string | null;
  /** In bytes, the largest that is taken. */
  most: number;
};

const PICTURES = ['image/jpeg', 'image/png', 'image/webp'];
const CAMERA_PICTURES = [
  'image/heic',
  'image/heif',
  'image/heic-sequence',
  'image/heif-sequence',
  'image/avif',
];

/** What a file is sent as, by its bytes. Throws `Problem` 415 for what cannot be sent, with what to do instead. */
export async function decideKind({ head, name, isVoice, mayBeSticker }: Given): Promise<UploadKind> {
  const sniffed = await sniff(head);
  const opus = readOpusHead(head)?.channels ?? null;
  if (isVoice) {
    if (opus !== 1) {
      throw notSendable(
        'A voice note has to be Ogg Opus with one channel.',
        'Record it again, or attach it as a file.',
      );
    }
    return { kind: 'audio', isPicture: false, mime: VOICE_MIME, sniffed, most: sendLimits.audio.bytes };
  } else if (sniffed !== null && CAMERA_PICTURES.includes(sniffed)) {
    throw notSendable(
      'WhatsApp does not take pictures of this kind (HEIC).',
      'Save it as a JPEG, then attach that.',
    );
  } else if (mayBeSticker && sniffed === 'image/webp') {
    const most = isAnimatedWebp(head) ? sendLimits.sticker.bytes : STILL_STICKER_BYTES;
    return { kind: 'sticker', isPicture: false, mime: sniffed, sniffed, most };
  } else if (sniffed !== null && PICTURES.includes(sniffed)) {
    return { kind: 'image', isPicture: true, mime: sniffed, sniffed, most: LARGEST_PICTURE };
  }
  const kind = playedKind(sniffed, opus);
  const mime = kind === 'document' ? documentMime(sniffed, name, head) : (sniffed ?? '');
  if (!sendLimits[kind].mimes.includes(mime)) {
    throw notSendable(
      'WhatsApp does not take files of this kind.',
      'It takes JPEG and PNG pictures, MP4 videos, MP3 and one-channel Opus sound, PDF, Word, Excel, PowerPoint and plain text. Save it as one of these, or send a link to it.',
    );
  }
  return { kind, isPicture: false, mime, sniffed, most: sendLimits[kind].bytes };
}

/** Ogg with anything but one channel of Opus is nothing that WhatsApp plays. */
function playedKind(sniffed: string | null, opus: number | null): 'audio' | 'video' | 'document' {
  if (sniffed === null || (sniffed === 'audio/ogg' && opus !== 1)) {
    return 'document';
  } else if (sendLimits.audio.mimes.includes(sniffed)) {
    return 'audio';
  } else {
    return sendLimits.video.mimes.includes(sniffed) ? 'video' : 'document';
  }
}

/** What a stored file goes as when nobody says otherwise. */
export function sentKindOf({ mime }: Pick<FileRow, 'mime'>): SentKind {
  const bare = mime.split(';')[0] ?? '';
  const kind = (['image', 'sticker', 'video', 'audio'] as const).find((one) =>
    sendLimits[one].mimes.includes(bare),
  );
  return kind ?? 'document';
}

/** Why a stored file cannot go as this kind, in a sentence; null when it can. Anything can go as a document. */
export function fitsAs(file: Pick<FileRow, 'mime' | 'bytes'>, kind: SentKind): string | null {
  const bytes = file.bytes ?? 0;
  if (kind !== 'document' && sentKindOf(file) !== kind) {
    return `WhatsApp does not take ${file.mime} as ${kind}. Send it as ${sentKindOf(file)}.`;
  } else if (bytes > sendLimits[kind].bytes) {
    return tooLargeSentence(kind, sendLimits[kind].bytes, bytes);
  } else {
    return null;
  }
}

/** The animation flag of an extended WebP header. */
function isAnimatedWebp(head: Uint8Array): boolean {
  const isExtended = Buffer.from(head.subarray(12, 16)).toString('latin1') === 'VP8X';
  return isExtended && ((head[20] ?? 0) & 0x02) !== 0;
}

/** What WhatsApp does not take, and what to do instead. */
export function notSendable(title: string, detail: string): Problem {
  return new Problem(415, 'file-not-sendable', title, detail);
}
