/** @jsxImportSource preact */
import { FileName } from './file-name.tsx';
import { extentInWords, kindInWords, labelOf, nameOf } from './file-words.ts';
import type { FileProps } from './media.tsx';

/** A video, played where it is. Nothing of it is loaded before it is pressed. */
export const Video = ({ file, message, content }: FileProps) => (
  <>
    {/* biome-ignore lint/a11y/useMediaCaption: nobody has written down what is said in a customer's video. */}
    <video
      class="photo clip"
      id={`file-${file.id}`}
      controls
      playsInline
      preload="none"
      src={`/files/${file.id}`}
      poster={file.hasThumbnail ? `/files/${file.id}/thumbnail` : undefined}
      width={file.size?.width ?? 320}
      height={file.size?.height ?? 240}
      aria-label={labelOf(file, content, message)}
      data-lightbox="video"
      data-says={kindInWords(content)}
      data-name={nameOf(file, content)}
    />
    {content.media === 'document' ? (
      <FileName file={file} content={content} />
    ) : (
      <small class="voice__about">{extentInWords(file)}</small>
    )}
  </>
);
