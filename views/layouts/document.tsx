/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import { assetUrl } from '#src/http/assets.ts';
import { plainName } from '../shared/name.tsx';
import { words } from '../words/words.ts';

type Props = {
  title: string;
  /** Custom elements, htmx and the socket: pages that change by themselves. */
  isLive?: boolean;
  body?: { 'hx-ws:connect'?: string; 'hx-swap'?: 'none'; [data: `data-${string}`]: string };
  children: ComponentChildren;
};

// A hidden tab keeps its socket; the defaults of htmx would close it, add a style element and take over history.
const htmxConfig =
  'ws.pauseOnBackground:false, ws.reconnectDelay:200, includeIndicatorCSS:false, history:false';

/** The frame of every page. Our own scripts come before htmx, whose first socket they prepare. */
export const Document = ({ title, isLive = false, body, children }: Props) => (
  <html lang={words.locale}>
    <head>
      <meta charset="utf-8" />
      <title>{`${plainName(title)} · ${words.product}`}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
      <meta name="color-scheme" content="light dark" />
      <link rel="icon" href={assetUrl('favicon.svg')} type="image/svg+xml" />
      <link rel="stylesheet" href={assetUrl('app.css')} />
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
