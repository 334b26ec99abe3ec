/** @jsxImportSource preact */
import { drawnOnce } from '../shared/drawn.ts';
import { Icon, type IconName } from '../shared/icon.tsx';
import { words } from '../words/words.ts';

type Kind = 'graph' | 'disk' | 'demo';

const looks: Record<Kind, { icon: IconName; isWarning: boolean }> = {
  graph: { icon: 'alert', isWarning: true },
  disk: { icon: 'alert', isWarning: true },
  demo: { icon: 'box', isWarning: false },
};

/** What is unusual about this install right now, pushed in above the page. */
export function Banner({ kind, phoneUrl }: { kind: Kind | null; phoneUrl?: string | undefined }) {
  if (kind === null) {
    return null;
  }
  const [strong, text] = words.banners[kind];
  return (
    <p class={looks[kind].isWarning ? 'banner banner--warn' : 'banner'}>
      <Icon name={looks[kind].icon} />
      <span>
        <strong>{strong}</strong> {text}
      </span>
      {phoneUrl === undefined ? null : (
        <span class="bar__end">
          <a href={phoneUrl} target="oono-phone" rel="noopener noreferrer">
            {words.customersPhone}
          </a>
          <a class="not-phone" href="/demo/gallery">
            {words.everyKind}
          </a>
          <a class="not-phone" href="/demo/reset">
            {words.startOver}
          </a>
        </span>
      )}
    </p>
  );
}

/** Hidden until the socket, or a press that got no answer, says so; `#problem` takes what a refused form is answered with. */
export const LiveBanners = drawnOnce(() => (
  <div role="status">
    <div id="problem" />
    <p class="banner banner--warn" id="live-slow" hidden>
      <Icon name="offline" />
      <span>
        <strong>{words.banners.slow[0]}</strong> {words.banners.slow[1]}
      </span>
    </p>
    <p class="banner banner--warn" id="live-lost" hidden>
      <Icon name="offline" />
      <span>
        <strong>{words.banners.lost[0]}</strong> {words.banners.lost[1]}
      </span>
    </p>
    <p class="banner banner--warn" id="live-signed-out" hidden>
      <Icon name="lock" />
      <span>
        <strong>{words.banners.signedOut[0]}</strong> {words.banners.signedOut[1]}
      </span>
      <span class="bar__end">
        <a href="/login">{words.signInAgain}</a>
      </span>
    </p>
  </div>
));
