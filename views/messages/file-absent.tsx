/** @jsxImportSource preact */
import { Icon } from '../shared/icon.tsx';
import { words } from '../words/words.ts';
import { extentInWords, kindInWords, nameOf } from './file-words.ts';
import type { FileProps } from './media.tsx';
import { mediaIcon } from './tiles.tsx';

/** A file that is not here: on its way, not to be had, not kept, or deleted; and what can be done. */
export function AbsentFile({ file, content }: FileProps) {
  const { id, state, error } = file;
  const isComing = state === 'waiting' || state === 'fetching';
  const isHeldUp = state === 'waiting' && error !== null;
  const isInTrouble = isHeldUp || state === 'failed' || state === 'refused';
  return (
    <>
      <div
        class={isInTrouble ? 'file file--bad' : 'file'}
        data-state={state}
        data-says={kindInWords(content)}
      >
        <span class="file__pin">
          <Icon name={isInTrouble ? 'alert' : mediaIcon(content)} />
        </span>
        <span class="file__name">
          <bdi>{nameOf(file, content)}</bdi>
          {isComing && !isHeldUp ? <Coming file={file} /> : <Why file={file} />}
        </span>
      </div>
      {isHeldUp || state === 'failed' ? <FetchAgain id={id} /> : null}
    </>
  );
}

const Coming = ({ file }: Pick<FileProps, 'file'>) => (
  <small>{[words.files.waiting, extentInWords(file)].filter(Boolean).join(' · ')}</small>
);

function Why({ file: { state, error } }: Pick<FileProps, 'file'>) {
  const { erased, failed, failedText, refused } = words.files;
  if (state === 'erased') {
    return <small>{erased}</small>;
  }
  const isRefused = state === 'refused';
  return (
    <small dir="auto">
      <strong>{error?.title || (isRefused ? refused : failed)}</strong>{' '}
      {error?.detail || (isRefused ? null : failedText)}
    </small>
  );
}

/** Hidden by CSS from those who may not. */
function FetchAgain({ id }: { id: number }) {
  const path = `/files/${id}/fetching`;
  return (
    <form class="file__again" method="post" action={path} hx-post={path} hx-swap="none">
      <button class="btn" type="submit">
        <Icon name="retry" small />
        {words.files.fetchAgain}
      </button>
    </form>
  );
}
