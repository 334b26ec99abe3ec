import type { FileRow } from './load-files.ts';
import { PLAYED_VOICE_BYTES, type SentKind } from './send-limits.ts';
import { sentKindOf, VOICE_MIME } from './upload-kind.ts';

/** A file that was put there to be sent, as the page that did it is told. */
export type UploadedFile = {
  id: number;
  name: string;
  mime: string;
  /** What it will be sent as. */
  kind: SentKind;
  bytes: number;
  /** The address of a small picture of it. */
  thumbnail: string | null;
  isVoice: boolean;
  /** What its sender should know before it goes, in a sentence. */
  hint: string | null;
};

export function toUploadedFile(row: FileRow): UploadedFile {
  const { id, name, mime, bytes, thumbId } = row;
  const isVoice = mime === VOICE_MIME;
  return {
    id,
    name: name ?? '',
    mime,
    kind: sentKindOf(row),
    bytes: bytes ?? 0,
    thumbnail: thumbId === null ? null : `/files/${id}/thumbnail`,
    isVoice,
    hint: hintFor(row),
  };
}

function hintFor({ mime, bytes }: FileRow): string | null {
  if (mime === VOICE_MIME && (bytes ?? 0) > PLAYED_VOICE_BYTES) {
    return 'This voice note is larger than WhatsApp plays at once (512 KB): the customer has to download it first.';
  } else {
    return null;
  }
}
