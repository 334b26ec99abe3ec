/** @jsxImportSource preact */
import {
  LARGEST_PICTURE,
  LONGEST_CAPTION,
  MOST_FILES,
  PLAYED_VOICE_BYTES,
  sendLimits,
  tooLargeSentence,
} from '#src/attachments/send-limits.ts';
import { Icon, Sprite } from '../shared/icon.tsx';
import { words } from '../words/words.ts';
import { TrayFile } from './composer-files.tsx';

type Props = {
  /** Addresses of what it looks like, and of what writes Ogg. */
  stylesheet: string;
  mediabunny: string;
};

/** What the browser refuses before anything is sent, with the sentence; the first that names the file's type counts. */
function limits() {
  const { image, video, audio, document } = sendLimits;
  const limit = (kind: keyof typeof sendLimits, mimes: readonly string[], bytes: number) => ({
    mimes,
    bytes,
    sentence: tooLargeSentence(kind, bytes, null),
  });
  return [
    limit('image', image.mimes, LARGEST_PICTURE),
    limit('video', video.mimes, video.bytes),
    limit('audio', audio.mimes, audio.bytes),
    limit('document', [], document.bytes),
  ];
}

/** Loaded with the first file or recording: the parts that scripts fill in, their words, and the limits. */
export const TrayParts = ({ stylesheet, mediabunny }: Props) => (
  <div
    id="tray-parts"
    hidden
    data-words={JSON.stringify({
      ...words.attach,
      remove: words.attach.remove('@'),
      cancel: words.attach.cancel('@'),
      tooMany: words.attach.tooMany(MOST_FILES),
      units: words.operator.units,
    })}
    data-limits={JSON.stringify(limits())}
    data-most={MOST_FILES}
    data-voice-bytes={PLAYED_VOICE_BYTES}
    data-longest-caption={LONGEST_CAPTION}
    data-stylesheet={stylesheet}
    data-mediabunny={mediabunny}
  >
    <Sprite names={['stop']} />
    <template data-part="file">
      <TrayFile file={null} view="all" />
    </template>
    <template data-part="drop">
      <div class="dropzone" aria-hidden="true">
        <p>{words.attach.drop}</p>
        <p class="small">{words.attach.dropWhy}</p>
      </div>
    </template>
    <template data-part="pending">
      <div class="file" data-pending-file="">
        <span class="file__pin">
          <Icon name="file" />
        </span>
        <span class="file__name">
          <bdi />
          <small />
        </span>
      </div>
    </template>
    <template data-part="recorder">
      <Recorder />
    </template>
  </div>
);

/** While something is recorded. What it says goes to screen readers by the page's announcer; the timer does not. */
function Recorder() {
  const { recorder } = words.attach;
  return (
    <section class="recorder" aria-label={recorder.label} data-state="starting">
      <p class="recorder__state">
        <span class="recorder__dot" aria-hidden="true" />
        <span data-state-words="">{recorder.starting}</span>
        <span class="recorder__time" data-time="">
          0:00
        </span>
      </p>
      <svg class="recorder__level" viewBox="0 0 160 32" preserveAspectRatio="none" aria-hidden="true">
        <path d="" />
      </svg>
      <p class="recorder__actions">
        <button class="btn btn--quiet" type="button" data-cancel="" aria-keyshortcuts="Escape">
          {recorder.cancel}
        </button>
        <button class="btn" type="button" data-stop="">
          <Icon name="stop" small />
          {recorder.stop}
        </button>
      </p>
    </section>
  );
}
