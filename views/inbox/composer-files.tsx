/** @jsxImportSource preact */
import { canCarryText } from '#src/attachments/send-limits.ts';
import type { UploadedFile } from '#src/attachments/uploaded-file.ts';
import { drawnOnce } from '../shared/drawn.ts';
import { Icon, type IconName } from '../shared/icon.tsx';
import { sizeInWords } from '../shared/measure.ts';
import { plainName } from '../shared/name.tsx';
import { words } from '../words/words.ts';
import type { ViewName } from './view.ts';

type Props = {
  files: readonly UploadedFile[];
  view: ViewName;
  /** Address of what it looks like: only pages with a file to send load it. */
  stylesheet: string;
};

/** What goes with the message; `<file-tray>` adds to it without the page. */
export const FileTray = ({ files, view, stylesheet }: Props) => (
  <file-tray>
    {files.length === 0 ? null : (
      <>
        <link rel="stylesheet" href={stylesheet} />
        <ul class="tray" aria-label={words.attach.list}>
          {files.map((file) => (
            <TrayFile key={file.id} file={file} view={view} />
          ))}
        </ul>
        <p class="tray__hint meta">
          {files[0] && canCarryText(files[0].kind) ? words.attach.under : words.attach.before}
        </p>
      </>
    )}
  </file-tray>
);

const icons: Record<UploadedFile['kind'], IconName> = {
  image: 'photo',
  video: 'video',
  audio: 'sound',
  document: 'file',
  sticker: 'smile',
};

/** One of them. Without a file it is what the script fills in for one that is on its way. */
export function TrayFile({ file, view }: { file: UploadedFile | null; view: ViewName }) {
  const { attach } = words;
  const name = file === null ? '' : file.isVoice ? attach.voice : plainName(file.name);
  return (
    <li
      class="tray__file"
      data-id={file?.id}
      data-kind={file?.kind}
      data-state={file === null ? 'waiting' : 'ready'}
    >
      <span class="tray__pic">
        {file?.thumbnail ? (
          <img src={file.thumbnail} alt="" width={44} height={44} />
        ) : (
          <Icon name={file?.isVoice ? 'mic' : icons[file?.kind ?? 'document']} />
        )}
      </span>
      <p class="tray__name">
        <bdi>{name}</bdi>
      </p>
      <p class="tray__meta meta">
        <span data-size="">{file === null ? '' : sizeInWords(file.bytes)}</span>
        <span data-state-words="">{attach.uploaded}</span>
      </p>
      <p class="tray__why" data-why="" hidden={!file?.hint}>
        {file?.hint}
      </p>
      {file === null ? <progress class="tray__progress" max={1} value={0} aria-hidden="true" /> : null}
      {file?.isVoice ? (
        // biome-ignore lint/a11y/useMediaCaption: it was just recorded by the one who hears it.
        <audio
          class="tray__play"
          controls
          preload="none"
          src={`/files/${file.id}`}
          aria-label={attach.voice}
        />
      ) : null}
      <form class="tray__actions" method="post" action={file === null ? '' : `/files/${file.id}/removal`}>
        <input type="hidden" name="back" value={view} />
        {file === null ? (
          <button class="btn" type="button" data-retry="" hidden>
            <Icon name="retry" small />
            {attach.retry}
          </button>
        ) : null}
        {file === null ? (
          <button class="btn btn--quiet btn--icon" type="button" data-again="" hidden>
            <Icon name="retry" small />
            <span class="vh">{attach.recorder.again}</span>
          </button>
        ) : null}
        <button class="btn btn--quiet btn--icon" type="submit">
          <Icon name="close" small />
          <span class="vh">{attach.remove(name)}</span>
        </button>
      </form>
    </li>
  );
}

/** In the form: where files come from. Scripts take them at once. */
export const AttachTools = drawnOnce(() => {
  const { attach } = words;
  return (
    <>
      <label class="btn btn--quiet btn--icon composer__pick">
        <Icon name="clip" />
        <span class="vh">{attach.files}</span>
        <input type="file" name="file" multiple />
      </label>
      <label class="btn btn--quiet btn--icon composer__camera">
        <Icon name="camera" />
        <span class="vh">{attach.photo}</span>
        <input type="file" accept="image/*" capture="environment" />
      </label>
      <button class="btn btn--quiet btn--icon composer__mic" type="button" aria-keyshortcuts="Alt+R">
        <Icon name="mic" />
        <span class="vh">{attach.record}</span>
      </button>
    </>
  );
});

/** Without scripts: the same form, with what was typed, brings the chosen files into the draft. */
export const AddFiles = ({ conversationId }: { conversationId: number }) => (
  <input
    class="btn composer__add"
    type="submit"
    value={words.attach.add}
    formaction={`/conversations/${conversationId}/files`}
    formenctype="multipart/form-data"
    formnovalidate
  />
);
