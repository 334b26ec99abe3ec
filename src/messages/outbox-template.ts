import type { FileRow } from '#src/attachments/load-files.ts';
import { isAtMeta } from '#src/attachments/upload-id.ts';
import type { messages } from '#src/db/schema/inbox/index.ts';
import type { TemplateContent } from '#src/templates/content.ts';
import type { MediaSource, TemplatePart } from '#src/whatsapp/template-message.ts';
import { namedFiles } from './outbox-files.ts';
import type { Manner } from './outbox-obstacle.ts';
import type { Saying } from './outbox-subject.ts';
import { readContent } from './stored-content.ts';

type MessageRow = typeof messages.$inferSelect;

/** A template as it is sent; while a file of it is not at Meta there is no body, and that file is uploaded first. */
export function templateMessage(
  message: Pick<MessageRow, 'content' | 'type'>,
  files: readonly FileRow[],
  now: number,
): Saying {
  const { content } = readContent(message.content, message.type);
  if (content.kind !== 'template') {
    return { body: null, missingId: null, files: [], manner: 'template' };
  }
  const manner = mannerOf(content);
  const missing = files.find((file) => !isAtMeta(file, now));
  if (missing) {
    return { body: null, missingId: missing.id, files: [], manner };
  }
  const { name, language } = content;
  const parts = content.parts.map((part) => withMediaIds(part, files));
  const body = { type: 'template', name, language, parts } as const;
  return { body, missingId: null, files: namedFiles(files), manner };
}

/** Whether more than an address is asked for, as for marketing and for codes. */
export function mannerOf({ category, buttons }: Pick<TemplateContent, 'category' | 'buttons'>): Manner {
  if (category === 'MARKETING') {
    return 'marketing';
  } else {
    return buttons.some(({ kind }) => kind === 'otp') ? 'code' : 'template';
  }
}

function withMediaIds(part: TemplatePart, files: readonly FileRow[]): TemplatePart {
  if (!('media' in part)) {
    return part;
  }
  const { source } = part.media;
  const file = 'fileId' in source ? files.find(({ id }) => id === source.fileId) : undefined;
  const known: MediaSource = file ? { mediaId: file.mediaId ?? '' } : source;
  return { ...part, media: { ...part.media, source: known } };
}
