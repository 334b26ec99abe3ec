/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import { assetUrl } from '#src/http/assets.ts';
import type { Display } from '#src/people/display.ts';
import { plainName } from '../shared/name.tsx';
import { words } from '../words/words.ts';

type Props = {
  title: string;
  display?: Display | undefined;
  /** Pages beside the inbox have more to look like. */
  isPage?: boolean;
  /** Custom elements, htmx and the socket: pages that change by themselves. */
  isLive?: boolean;
  body?: { 'hx-ws:connect'?: string; 'hx-swap'?: 'none'; [data: `data-${string}`]: string };
  children: ComponentChildren;
};

// A hidden tab keeps its socket; the defaults of htmx would close it, add a style element and take over history.
const htmxConfig =
  'ws.pauseOnBackground:false, ws.reconnectDelay:200, includeIndicatorCSS:false, history:false';

export const pageTitle = (title: string) => `${plainName(title)} · ${words.product}`;

/** The frame of every page. Our own scripts come before htmx, whose first socket they prepare. */
export const Document = ({ title, display, isPage = false, isLive = false, body, children }: Props) => (
  <html
    lang={words.locale}
    data-theme={display === undefined || display.theme === 'system' ? undefined : display.theme}
    data-density={display === undefined || display.density === 'auto' ? undefined : display.density}
  >
    <head>
      <meta charset="utf-8" />
      <title>{pageTitle(title)}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
      <meta name="color-scheme" content="light dark" />
      <ThemeColour theme={display?.theme ?? 'system'} />
      <link
        rel="icon"
        href={assetUrl('favicon.svg')}
        data-waiting={assetUrl('favicon-waiting.svg')}
        type="image/svg+xml"
      />
      <link rel="stylesheet" href={assetUrl('app.css')} />
      {isPage ? <link rel="stylesheet" href={assetUrl('pages.css')} /> : null}
      {isLive ? (
        <>
          <meta name="htmx-config" content={htmxConfig} />
          <script type="module" src={assetUrl('app.js')} />
          <script defer src={assetUrl('htmx.js')} />
        </>
      ) : null}
    </head>
    <body {...body}>
      <a class="skip" href="#main">
        {words.skip}
      </a>
      {children}
    </body>
  </html>
);

const paper = { light: '#faf7f2', dark: '#16140f' } as const;

/** The browser's own frame takes the paper's colour: the chosen one, else the device's. */
const ThemeColour = ({ theme }: Pick<Display, 'theme'>) =>
  theme === 'system' ? (
    <>
      <meta name="theme-color" content={paper.light} media="(prefers-color-scheme: light)" />
      <meta name="theme-color" content={paper.dark} media="(prefers-color-scheme: dark)" />
    </>
  ) : (
    <meta name="theme-color" content={paper[theme]} />
  );
