/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import { words } from '../words.ts';
import { Icon, Sprite } from './icons.tsx';

type Props = { title: string; events?: string; children: ComponentChildren };

/** The frame of every page of the phone. `events` is where its script listens for changes. */
export function Page({ title, events, children }: Props) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>{title}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/phone/assets/foundation.css" />
        <link rel="stylesheet" href="/phone/assets/phone.css" />
        <link rel="stylesheet" href="/phone/assets/parts.css" />
        <link rel="stylesheet" href="/phone/assets/handset.css" />
        <link rel="stylesheet" href="/phone/assets/files.css" />
        <script src="/phone/assets/phone.js" defer />
      </head>
      <body data-events={events}>
        <a class="skip" href="#main">
          {words.skip}
        </a>
        <Sprite />
        <aside class="banner" aria-label={words.demo}>
          <Icon name="phone" />
          <span>{words.banner}</span>
        </aside>
        {children}
      </body>
    </html>
  );
}
