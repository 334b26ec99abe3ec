import { harmlessName } from '#src/attachments/file-name.ts';
import type { ThreadFile } from '#src/attachments/thread-file.ts';
import type { MessageContent, ThreadMessage } from '#src/messages/thread-message.ts';
import { sizeInWords } from '../shared/measure.ts';
import { words } from '../words/words.ts';

export type Media = Extract<MessageContent, { kind: 'media' }>;

const LONGEST_LABEL = 120;

/** Endings of what documents are by their bytes or, where those say little, by what the sender calls them. */
const endings: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'application/msword': 'doc',
  'application/vnd.ms-excel': 'xls',
  'application/vnd.ms-powerpoint': 'ppt',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
  'application/vnd.oasis.opendocument.text': 'odt',
  'application/vnd.oasis.opendocument.spreadsheet': 'ods',
  'application/rtf': 'rtf',
  'text/plain': 'txt',
  'text/csv': 'csv',
  'text/vcard': 'vcf',
  'application/zip': 'zip',
  'application/vnd.rar': 'rar',
  'application/x-rar-compressed': 'rar',
  'application/x-7z-compressed': '7z',
  'image/gif': 'gif',
  'image/heic': 'heic',
  'image/tiff': 'tif',
  'image/svg+xml': 'svg',
  'application/vnd.android.package-archive': 'apk',
  'application/x-msdownload': 'exe',
};
/** Bytes that many types of documents begin with: there the name says more, and it is only downloaded anyway. */
const containers = new Set([
  'application/zip',
  'application/x-cfb',
  'text/plain',
  'application/octet-stream',
]);
const documents = new Set(['doc', 'docx', 'xls', 'xlsx', 'ppt', 'pptx', 'odt', 'ods', 'txt', 'csv', 'vcf']);

/** `Voice note`, `Photo`, `File`. */
export const kindInWords = ({ media, voice }: Pick<Media, 'media' | 'voice'>): string =>
  voice === true ? words.media.voice : words.media[media];

/** The ending that says what a document is, or null when nobody would recognise it. */
export function endingOf({ mime, name }: Pick<ThreadFile, 'mime' | 'name'>): string | null {
  const named = /\.([a-z0-9]{1,4})$/i.exec(harmlessName(name ?? ''))?.[1]?.toLowerCase() ?? '';
  const plain = mime.split(';')[0]?.trim().toLowerCase() ?? '';
  const known = Object.hasOwn(endings, plain) ? endings[plain] : undefined;
  return containers.has(plain) && documents.has(named) ? named : (known ?? null);
}

export function typeInWords(file: Pick<ThreadFile, 'mime' | 'name'>): string {
  const { types, unknownType } = words.files;
  const named: Readonly<Record<string, string>> = types;
  return named[endingOf(file) ?? ''] ?? unknownType;
}

/** What the sender called it; else its kind. */
export function nameOf(file: Pick<ThreadFile, 'name'>, content: Media): string {
  return harmlessName(file.name ?? '') || kindInWords(content);
}

/** What it shows or plays, for those who do not see it: as its caption says, its name, or whom it is from. */
export function labelOf(
  file: ThreadFile,
  content: Media,
  { text, author, direction }: Pick<ThreadMessage, 'text' | 'author' | 'direction'>,
): string {
  const { labelled, from, ours } = words.files;
  const kind = kindInWords(content);
  const caption = text.replace(/\s+/g, ' ').trim().slice(0, LONGEST_LABEL).toWellFormed();
  const label = caption || harmlessName(file.name ?? '');
  if (label !== '') {
    return labelled(kind, label);
  }
  return direction === 'in' ? from(kind, author.name) : ours(kind);
}

/** `0:34 · 68 KB`: what is known before anything of it is loaded. */
export function extentInWords({ duration, bytes }: Pick<ThreadFile, 'duration' | 'bytes'>): string {
  return [
    duration === null ? '' : durationInWords(duration),
    bytes === null || bytes === 0 ? '' : sizeInWords(bytes),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** `0:07`, `12:40`, `1:02:03`. */
export function durationInWords(ms: number): string {
  const all = Math.max(0, Math.round(ms / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const [hours, minutes, seconds] = [Math.floor(all / 3_600), Math.floor(all / 60) % 60, all % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}
