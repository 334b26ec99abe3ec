import type { Inbox } from '#src/db/inbox.ts';
import { Invalid } from '#src/errors.ts';
import type { Viewer } from '#src/people/viewer.ts';
import type { MediaFormat } from '#src/whatsapp/template-definition.ts';
import type { NewMessage } from './compose.ts';
import type { Composed, SentContent } from './compose-content.ts';
import { findFirstIds } from './compose-file-repeat.ts';
import { findSendableAt, type SendableFile } from './compose-files.ts';
import type { Part } from './compose-parts.ts';
import type { AskedHeading, AskedInteractive, Interactive } from './interactive.ts';

/** What is not made of text and files is one message, whole. Throws as `withHeading` does. */
export async function contentPart(
  inbox: Inbox,
  { text, content }: Composed,
  conversationId: number,
  viewer: Viewer,
): Promise<Part> {
  const headed =
    content.kind === 'interactive'
      ? await withHeading(inbox, content, conversationId, viewer)
      : { content, files: [] };
  return { type: content.kind, text, ...headed };
}

/** With the file of its heading named as in the message that it repeats, if it repeats one. */
export async function asFirstSent(
  inbox: Inbox,
  message: NewMessage,
  content: SentContent,
  viewer: Viewer,
): Promise<SentContent> {
  if (content.kind !== 'interactive' || typeof content.header !== 'object') {
    return content;
  }
  const { header } = content;
  const first = await findFirstIds(inbox, message, [header.fileId], viewer);
  return { ...content, header: { ...header, fileId: first.get(header.fileId) ?? header.fileId } };
}

/**
 * What is asked as it is kept, and the file of its heading if that is one: the writer's own, put there for this
 * conversation, not sent before. Throws `Invalid` by the path of Meta's JSON.
 */
export async function withHeading(
  inbox: Inbox,
  { header, ...rest }: AskedInteractive,
  conversationId: number,
  viewer: Viewer,
): Promise<{ content: Interactive; files: SendableFile[] }> {
  if (typeof header !== 'object') {
    return { content: { ...rest, ...(header === undefined ? {} : { header }) }, files: [] };
  }
  const place = header.media === undefined ? 'interactive.header' : `interactive.header.${header.media}.id`;
  const wanted = { id: header.fileId, as: header.media, conversationId };
  const files = await findSendableAt(inbox, place, wanted, viewer);
  const content = { ...rest, header: headingOf(place, header, files) };
  return { content, files };
}

function headingOf(place: string, { filename }: AskedHeading, [file]: readonly SendableFile[]) {
  if (file === undefined || !isHeading(file.kind)) {
    throw new Invalid({
      [place]: 'WhatsApp takes a picture, a video or a document as a heading. Choose another file.',
    });
  }
  const { kind: media, row } = file;
  const called = filename ?? row.name;
  return { media, fileId: row.id, ...(media === 'document' && called !== null ? { filename: called } : {}) };
}

const isHeading = (kind: SendableFile['kind']): kind is MediaFormat =>
  kind === 'image' || kind === 'video' || kind === 'document';
