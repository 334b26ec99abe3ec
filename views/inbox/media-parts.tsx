/** @jsxImportSource preact */
import { assetUrl } from '#src/http/assets.ts';
import { drawnOnce } from '../shared/drawn.ts';
import { Icon, type IconName } from '../shared/icon.tsx';
import { words } from '../words/words.ts';

/** What scripts make a player and a lightbox of, and where those scripts are: nothing of it is loaded before it is needed. */
export const MediaParts = drawnOnce(() => (
  <template
    id="media-parts"
    data-player={assetUrl('player.js')}
    data-lightbox={assetUrl('lightbox.js')}
    data-style={assetUrl('media.css')}
  >
    <Player />
    <Lightbox />
  </template>
));

const Player = () => (
  <>
    <div class="voice__player">
      <button
        class="btn btn--icon"
        type="button"
        data-play={words.files.play}
        data-pause={words.files.pause}
        aria-label={words.files.play}
      >
        <span data-playing="">
          <Icon name="play" />
        </span>
        <span data-pausing="">
          <Icon name="pause" />
        </span>
      </button>
      <input type="range" min="0" max="0" step="0.01" value="0" aria-label={words.files.position} />
      <button class="btn btn--speed" type="button">
        <span>1×</span>
        <span class="vh"> {words.files.speed}</span>
      </button>
    </div>
    <p class="voice__trouble small" hidden>
      {words.files.cannotPlay}{' '}
      <a class="link" href="?">
        {words.files.download}
      </a>
    </p>
  </>
);

const Lightbox = () => (
  <dialog
    class="lightbox"
    aria-label={words.files.lightbox}
    data-place={words.files.place}
    data-trouble={words.files.cannotShow}
  >
    <div class="lightbox__head">
      <p role="status">
        <span data-place="" />
        <span data-caption="" dir="auto" />
      </p>
      <button class="btn btn--icon" type="button" data-zoom="" aria-pressed="false">
        <Icon name="search" />
        <span class="vh">{words.files.zoom}</span>
      </button>
      <a class="btn btn--icon" href="?" data-download="">
        <Icon name="download" />
        <span class="vh">{words.files.download}</span>
      </a>
      <Press does="close" icon="close" />
    </div>
    <Press does="previous" icon="back" step="lightbox__step" />
    <div class="lightbox__stage" data-stage="" />
    <Press does="next" icon="back" step="lightbox__step lightbox__step--next" />
  </dialog>
);

type PressProps = { does: 'close' | 'previous' | 'next'; icon: IconName; step?: string };

const Press = ({ does, icon, step = '' }: PressProps) => (
  <button class={`btn btn--icon ${step}`.trim()} type="button" {...{ [`data-${does}`]: '' }}>
    <Icon name={icon} />
    <span class="vh">{words.files[does]}</span>
  </button>
);
