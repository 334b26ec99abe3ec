import {
  asObject,
  type Fields,
  onlyKeys,
  optionalBoolean,
  optionalText,
  requireText,
  requireUrl,
} from '../fields.ts';
import { invalidParameter, missingParameter } from '../graph-error.ts';

/** An image or a video: a file and perhaps a caption. */
export function checkCaptioned(content: unknown, kind: 'image' | 'video'): void {
  const media = checkFile(content, kind, ['caption']);
  optionalText(media, 'caption', kind, { max: 1024 });
}

export function checkAudio(content: unknown): void {
  const audio = checkFile(content, 'audio', ['voice']);
  optionalBoolean(audio, 'voice', 'audio');
}

export function checkDocument(content: unknown): void {
  const document = checkFile(content, 'document', ['filename', 'caption']);
  optionalText(document, 'caption', 'document', { max: 1024 });
  optionalText(document, 'filename', 'document', { max: 240 });
}

export function checkSticker(content: unknown): void {
  checkFile(content, 'sticker', []);
}

/** A file is named by the id of an upload or by a link that Meta fetches: by one of them. */
export function checkFile(content: unknown, path: string, more: readonly string[]): Fields {
  const media = asObject(content, path);
  onlyKeys(media, path, ['id', 'link', ...more]);
  if (media.id === undefined && media.link === undefined) {
    throw missingParameter(`${path}.id`);
  }
  if (media.id !== undefined && media.link !== undefined) {
    throw invalidParameter(`${path} has both an id and a link; give one of them.`);
  }
  if (media.link !== undefined) {
    requireUrl(media, 'link', path);
  } else if (!/^\d+$/.test(requireText(media, 'id', path, { max: 64 }))) {
    throw invalidParameter(`${path}.id must be the id of an uploaded file: digits, as text.`);
  }
  return media;
}
