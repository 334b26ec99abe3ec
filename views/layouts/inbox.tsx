/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import type { InboxProps } from '../inbox/inbox-page.tsx';
import { MediaParts } from '../inbox/media-parts.tsx';
import { NoticeBanner } from '../numbers/notice.tsx';
import { drawnOnce } from '../shared/drawn.ts';
import { type IconName, Sprite } from '../shared/icon.tsx';
import { words } from '../words/words.ts';
import { Banner, LiveBanners } from './banner.tsx';
import { Dock } from './dock.tsx';
import { Document } from './document.tsx';
import { Rail } from './rail.tsx';

// Everything that a row or a message may bring along later: a push finds its symbols here.
const icons: readonly IconName[] = [
  'alert',
  'arrowdown',
  'back',
  'box',
  'camera',
  'call',
  'check',
  'clip',
  'clock',
  'close',
  'cog',
  'down',
  'download',
  'file',
  'inbox',
  'link',
  'lock',
  'mic',
  'more',
  'offline',
  'panel',
  'pause',
  'people',
  'photo',
  'pin',
  'play',
  'reply',
  'retry',
  'search',
  'send',
  'smile',
  'sound',
  'ticks',
  'user',
  'video',
];
const Symbols = drawnOnce(() => <Sprite names={icons} />);

type Props = Pick<
  InboxProps,
  | 'viewer'
  | 'account'
  | 'view'
  | 'counts'
  | 'open'
  | 'pane'
  | 'banner'
  | 'notice'
  | 'phoneUrl'
  | 'livePosition'
> & {
  title: string;
  children: ComponentChildren;
};

/** The panes of the inbox, and the socket that keeps them fresh. */
export function InboxLayout({
  viewer,
  account,
  view,
  counts,
  open,
  pane,
  banner,
  notice = null,
  phoneUrl,
  livePosition,
  title,
  children,
}: Props) {
  const conversation = open === null ? '' : `?conversation=${open.summary.id}`;
  return (
    <Document
      title={title}
      display={viewer.display}
      isLive
      body={{
        'data-pane': pane,
        'data-view': view,
        'data-zone': account.timeZone,
        'data-live': livePosition,
        'data-hours': words.left.hours('#'),
        'data-minutes': words.left.minutes('#'),
        'data-exact': words.left.exact('#', '@'),
        'data-closed': words.left.closed,
        'data-unsent': words.signOutUnsent,
        'hx-ws:connect': `/live${conversation}`,
        'hx-swap': 'none',
      }}
    >
      <Symbols />
      <div class="app">
        <section class="app__banners" aria-label={words.notices}>
          <Banner kind={banner ?? null} phoneUrl={phoneUrl} />
          <NoticeBanner notice={notice} />
          <LiveBanners />
        </section>
        <Rail person={viewer} account={account.name} current="inbox" waiting={counts.mine} />
        <main class="panes" id="main">
          {children}
        </main>
        <Dock person={viewer} view={view} waiting={counts.mine} />
      </div>
      <MediaParts />
      <div class="vh" id="say" role="status" data-one={words.wrote.one} data-other={words.wrote.other} />
    </Document>
  );
}
