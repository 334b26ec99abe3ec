/** @jsxImportSource preact */
import { Icon } from '../shared/icon.tsx';
import { words } from '../words/words.ts';
import { endingOf, extentInWords, nameOf, typeInWords } from './file-words.ts';
import type { FileProps } from './media.tsx';

/** What browsers are not given to show: its name, what it is, how large, and a way to keep it. */
export function DocumentTile({ file, content }: FileProps) {
  const ending = endingOf(file);
  return (
    <a class="file" href={`/files/${file.id}?download`} data-says={words.media.document}>
      {ending === null ? (
        <span class="file__pin">
          <Icon name="file" />
        </span>
      ) : (
        <span class="file__kind" aria-hidden="true">
          {ending.toUpperCase()}
        </span>
      )}
      <span class="file__name">
        <bdi>{nameOf(file, content)}</bdi>
        <small>{[typeInWords(file), extentInWords(file)].filter(Boolean).join(' · ')}</small>
      </span>
      <Icon name="download" />
      <span class="vh">{words.files.download}</span>
    </a>
  );
}
