/** @jsxImportSource preact */
import { FileName } from './file-name.tsx';
import { durationInWords, extentInWords, kindInWords, labelOf } from './file-words.ts';
import type { FileProps } from './media.tsx';

/** A voice note or other sound. Nothing of it is loaded before it is played; the browser's player works without ours. */
export const Sound = ({ file, message, content }: FileProps) => (
  <>
    <voice-note
      class="voice"
      id={`file-${file.id}`}
      data-voice={content.voice === true ? '' : undefined}
      data-duration={file.duration ?? undefined}
      data-says={kindInWords(content)}
    >
      {/* biome-ignore lint/a11y/useMediaCaption: nobody has written down what a customer said. */}
      <audio controls preload="none" src={`/files/${file.id}`} aria-label={labelOf(file, content, message)} />
      <small class="voice__about">
        <span data-time="">{file.duration === null ? '' : durationInWords(file.duration)}</span>
        <span>{extentInWords({ ...file, duration: null })}</span>
      </small>
    </voice-note>
    <FileName file={file} content={content} />
  </>
);
