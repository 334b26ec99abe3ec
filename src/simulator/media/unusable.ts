import type { Failure } from '../statuses.ts';
import { beginsAs, isAnimatedWebp, isOggOpusMono } from './first-bytes.ts';
import { essence, LIMITS, MOST_OF_A_STILL_STICKER } from './limits.ts';
import type { NamedFile } from './named-files.ts';
import { whyUnplayable } from './tracks.ts';

/** The endings that names of such files have. Meta goes by the ending: an Ogg file called `note.mp4` is not played. */
const ENDINGS: Record<string, readonly string[]> = {
  'image/jpeg': ['jpg', 'jpeg'],
  'image/png': ['png'],
  'image/webp': ['webp'],
  'video/mp4': ['mp4'],
  'video/3gpp': ['3gp', '3gpp'],
  'audio/aac': ['aac'],
  'audio/amr': ['amr'],
  'audio/mpeg': ['mp3'],
  'audio/mp4': ['m4a', 'mp4'],
  'audio/ogg': ['ogg', 'oga', 'opus'],
};

/** Why Meta accepts a message and then cannot send the file it names: 131053, in a `failed` status; null if it can. */
export function whyUnusable(named: NamedFile): Failure | null {
  const details = explain(named);
  return details === null ? null : mediaFailure(details);
}

export function mediaFailure(details: string): Failure {
  return { code: 131053, title: 'Media upload error', details };
}

function explain({ kind, file, isVoice }: NamedFile): string | null {
  const { mime, bytes, name } = file;
  const type = essence(mime);
  if (isVoice && !(type === 'audio/ogg' && isOggOpusMono(bytes))) {
    return `Unsupported Voice mime type ${type}. Please use audio/ogg; codecs=opus, with one channel.`;
  }
  // A file of any kind can be sent as a document.
  if (kind !== 'document' && !LIMITS[kind].mimes.includes(type)) {
    return `Unsupported ${kind} mime type ${type}. Please use one of ${LIMITS[kind].mimes.join(', ')}.`;
  }
  if (bytes.length > LIMITS[kind].most) {
    return `Media file size too big. Max file size we currently support: ${LIMITS[kind].most} bytes.`;
  }
  if (kind === 'sticker' && bytes.length > MOST_OF_A_STILL_STICKER && !isAnimatedWebp(bytes)) {
    return `Static sticker file size too big. Max file size we currently support: ${MOST_OF_A_STILL_STICKER} bytes.`;
  }
  if (!beginsAs(mime, bytes) || isNamedOtherwise(type, name)) {
    return `File type and declared type ${type} do not match: the file is application/octet-stream.`;
  }
  return whyUnplayable(kind, mime, bytes);
}

function isNamedOtherwise(type: string, name: string | null): boolean {
  const ending = name?.match(/\.([^.]+)$/)?.[1]?.toLowerCase();
  const own = ENDINGS[type];
  return own !== undefined && ending !== undefined && !own.includes(ending);
}
