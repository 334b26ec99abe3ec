/** @jsxImportSource preact */
import type { ThreadFile } from '#src/attachments/thread-file.ts';
import type { ThreadMessage } from '#src/messages/thread-message.ts';
import { AbsentFile } from './file-absent.tsx';
import { DocumentTile } from './file-document.tsx';
import { Picture } from './file-picture.tsx';
import { Sound } from './file-sound.tsx';
import { Video } from './file-video.tsx';
import type { Media as MediaContent } from './file-words.ts';
import { MediaTile } from './tiles.tsx';

/** As much of a message as its files need. */
export type MediaMessage = Pick<ThreadMessage, 'text' | 'author' | 'direction' | 'files'>;
type Props = { message: MediaMessage; content: MediaContent };

/** The files of a message, each as its bytes allow: a picture, a player, or something to download. */
export const Media = ({ message, content }: Props) => (
  <>
    {message.files.length === 0 ? <MediaTile content={content} /> : null}
    {message.files.map((file) => (
      <File key={file.id} file={file} message={message} content={content} />
    ))}
  </>
);

export type FileProps = Props & { file: ThreadFile };

function File(props: FileProps) {
  const { state, kind } = props.file;
  if (state !== 'stored') {
    return <AbsentFile {...props} />;
  } else if (kind === 'image') {
    return <Picture {...props} />;
  } else if (kind === 'audio') {
    return <Sound {...props} />;
  } else {
    return kind === 'video' ? <Video {...props} /> : <DocumentTile {...props} />;
  }
}
