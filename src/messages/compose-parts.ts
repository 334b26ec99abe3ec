import { canCarryText, LONGEST_CAPTION } from '#src/attachments/send-limits.ts';
import { VOICE_MIME } from '#src/attachments/upload-kind.ts';
import type { SendableFile } from './compose-files.ts';
import type { MessageContent } from './thread-message.ts';

/** One message of what is sent with one press. */
export type Part = { type: string; text: string; content: MessageContent; files: readonly SendableFile[] };

/**
 * One message for each file. The text is the caption of the first where that can carry it, else a message before them.
 */
export function partsOf(text: string, files: readonly SendableFile[]): Part[] {
  const [first] = files;
  const isCaption = first && canCarryText(first.kind) && text.length <= LONGEST_CAPTION;
  return [
    ...(text === '' || isCaption ? [] : [textPart(text)]),
    ...files.map((file) => filePart(file === first && isCaption ? text : '', file)),
  ];
}

function textPart(text: string): Part {
  return { type: 'text', text, content: { kind: 'text' }, files: [] };
}

function filePart(text: string, file: SendableFile): Part {
  const { kind, row } = file;
  const content: MessageContent = {
    kind: 'media',
    media: kind,
    mime: row.mime,
    ...(kind === 'document' && row.name !== null ? { filename: row.name } : {}),
    ...(row.mime === VOICE_MIME ? { voice: true } : {}),
  };
  return { type: kind, text, content, files: [file] };
}
