import type { FileRow } from '#src/attachments/load-files.ts';
import { isAtMeta } from '#src/attachments/upload-id.ts';
import type { OutgoingInteractive } from '#src/whatsapp/outgoing-interactive.ts';
import type { Interactive } from './interactive.ts';

/** A message that is answered with a tap, as it is sent; null while the file it begins with is not at Meta. */
export function interactiveMessage(
  { kind: type, header, ...asked }: Interactive,
  text: string,
  file: FileRow | null,
  now: number,
): OutgoingInteractive | null {
  if (typeof header !== 'object') {
    return { type, text, ...asked, ...(header === undefined ? {} : { header }) };
  } else if (file === null || !isAtMeta(file, now)) {
    return null;
  }
  const { fileId: _, ...shown } = header;
  return { type, text, ...asked, header: { ...shown, mediaId: file.mediaId ?? '' } };
}
