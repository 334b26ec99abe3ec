/** @jsxImportSource preact */
import { extentInWords, nameOf } from './file-words.ts';
import type { FileProps } from './media.tsx';

/** What the sender called it, where they sent it as a document: of photos and voice notes nobody knows a name. */
export const FileName = ({ file, content }: Pick<FileProps, 'file' | 'content'>) =>
  content.media === 'document' ? (
    <p class="photo__name">
      <bdi>{nameOf(file, content)}</bdi> <small>{extentInWords(file)}</small>
    </p>
  ) : null;
