/** @jsxImportSource preact */
import { Icon } from '../shared/icon.tsx';
import { FileName } from './file-name.tsx';
import { extentInWords, kindInWords, labelOf, nameOf } from './file-words.ts';
import type { FileProps } from './media.tsx';

/** Pixels: no wider or higher than this on a page, which keeps its place by the picture's own proportions. */
const WIDEST = 320;

/**
 * A picture: its small one, a link to itself. A script shows it above the page; without one the browser does.
 * Where there is no small one, a box of a fixed size stands for it, since nobody may be made to load megabytes.
 */
export function Picture({ file, message, content }: FileProps) {
  const { id, hasThumbnail } = file;
  const { width, height } = shownSize(file.size);
  const label = labelOf(file, content, message);
  return (
    <>
      <a
        class={hasThumbnail ? 'photo' : 'photo photo--box'}
        id={`file-${id}`}
        href={`/files/${id}`}
        data-lightbox="image"
        data-says={kindInWords(content)}
        data-name={nameOf(file, content)}
        data-width={file.size?.width}
        data-height={file.size?.height}
      >
        {hasThumbnail ? (
          <img
            src={`/files/${id}/thumbnail`}
            width={width}
            height={height}
            alt={label}
            loading="lazy"
            decoding="async"
          />
        ) : (
          <>
            <Icon name="photo" />
            <span dir="auto">{label}</span>
            <small>{extentInWords(file)}</small>
          </>
        )}
      </a>
      <FileName file={file} content={content} />
    </>
  );
}

/** The picture's proportions at most `WIDEST` a side; those of most photos while they are not known. */
function shownSize(size: FileProps['file']['size']): { width: number; height: number } {
  if (size === null || size.width < 1 || size.height < 1) {
    return { width: WIDEST, height: (WIDEST * 3) / 4 };
  }
  const scale = Math.min(1, WIDEST / Math.max(size.width, size.height));
  const scaled = (side: number) => Math.max(1, Math.round(side * scale));
  return { width: scaled(size.width), height: scaled(size.height) };
}
