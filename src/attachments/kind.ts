import { fileTypeFromBuffer } from 'file-type';
import type { Track } from './duration.ts';
import type { FileKind } from './thread-file.ts';

/** So many of a file's first bytes say what it is. */
export const HEAD_BYTES = 4_100;

/** What browsers show or play without running anything: everything else is downloaded. */
const SHOWN: Readonly<Record<string, Exclude<FileKind, 'file'>>> = {
  'image/jpeg': 'image',
  'image/png': 'image',
  'image/webp': 'image',
  'audio/aac': 'audio',
  'audio/amr': 'audio',
  'audio/mpeg': 'audio',
  'audio/mp4': 'audio',
  'audio/x-m4a': 'audio',
  'audio/ogg': 'audio',
  'video/mp4': 'video',
  'video/3gpp': 'video',
  'video/webm': 'video',
};

/** Names that the library or senders use for a kind which WhatsApp and browsers call otherwise. */
const SAME: Readonly<Record<string, string>> = {
  'image/apng': 'image/png',
  'audio/x-m4a': 'audio/mp4',
  'video/x-m4v': 'video/mp4',
  'video/matroska': 'video/x-matroska',
};

/**
 * The MIME type that a file's first bytes show, without parameters; null when they show none, as of text. What the
 * sender says is never asked. Throws nothing, whatever the bytes are.
 */
export async function sniff(head: Uint8Array): Promise<string | null> {
  try {
    const found = await fileTypeFromBuffer(head.subarray(0, HEAD_BYTES));
    const mime = found?.mime.split(';')[0]?.trim() ?? null;
    return mime === null ? null : (SAME[mime] ?? mime);
  } catch {
    return null;
  }
}

/**
 * What a file is whose first bytes show `sniffed`, once its tracks are known: sound without pictures is no video,
 * though the recorders of phones and browsers begin it as one. `tracks` null: what the first bytes say.
 */
export function byTracks(sniffed: string | null, tracks: readonly Track[] | null): string | null {
  const has = (handler: string) => tracks?.some((track) => track.handler === handler) ?? false;
  const isVideo = sniffed === 'video/mp4' || sniffed === 'video/3gpp';
  return isVideo && has('soun') && !has('vide') ? 'audio/mp4' : sniffed;
}

/** How a file of this sniffed type may be shown. */
export function kindOf(sniffed: string | null): FileKind {
  return (sniffed !== null && Object.hasOwn(SHOWN, sniffed) && SHOWN[sniffed]) || 'file';
}
