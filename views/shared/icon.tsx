/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import { drawnEach } from './drawn.ts';

// A 24-unit box, 1.75 stroke, round ends. A page carries only the symbols it uses.
const drawings = {
  alert: <path d="M12 4 2.8 19.5h18.4zM12 10v4.5M12 17v.1" />,
  back: <path d="m14.5 6-6 6 6 6" />,
  bad: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M12 7.5v5.3M12 16v.1" />
    </>
  ),
  box: <path d="M4.5 8 12 4l7.5 4v8L12 20l-7.5-4zM4.5 8 12 12l7.5-4M12 12v8" />,
  camera: (
    <>
      <path d="M4 8h3.5L9 5.5h6L16.5 8H20v11H4z" />
      <circle cx="12" cy="13" r="3.2" />
    </>
  ),
  call: (
    <path d="M6.5 4h3l1.5 4-2 1.5a11 11 0 0 0 5.5 5.5l1.5-2 4 1.5v3A2 2 0 0 1 18 19.5 14 14 0 0 1 4.5 6a2 2 0 0 1 2-2z" />
  ),
  check: <path d="m5 12.5 4.5 4.5L19 7.5" />,
  clip: (
    <path d="m19.5 11.5-7.4 7.4a4.6 4.6 0 0 1-6.5-6.5l7.7-7.7a3 3 0 0 1 4.3 4.3l-7.4 7.4a1.5 1.5 0 0 1-2.2-2.1l6.5-6.5" />
  ),
  clock: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M12 7.5V12l3 2" />
    </>
  ),
  close: <path d="m6 6 12 12M18 6 6 18" />,
  cog: (
    <>
      <path d="M4 7h9M17 7h3M4 17h3M11 17h9" />
      <circle cx="15" cy="7" r="2" />
      <circle cx="9" cy="17" r="2" />
    </>
  ),
  down: <path d="m7 10 5 5 5-5" />,
  download: <path d="M12 4v10.5M7.5 10.5l4.5 4.5 4.5-4.5M5 19.5h14" />,
  arrowdown: <path d="M12 5v14M6 13l6 6 6-6" />,
  file: <path d="M7 3.5h7l4 4v13H7zM13.5 3.5v4.5H18" />,
  inbox: (
    <>
      <path d="M4 13.5 6.6 5.4A2 2 0 0 1 8.5 4h7a2 2 0 0 1 1.9 1.4L20 13.5V18a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2z" />
      <path d="M4 13.5h4.5l1.5 2.5h4l1.5-2.5H20" />
    </>
  ),
  link: (
    <path d="M14 5h5v5M19 5l-8.5 8.5M17.5 14v4a1.5 1.5 0 0 1-1.5 1.5H6A1.5 1.5 0 0 1 4.5 18V8A1.5 1.5 0 0 1 6 6.5h4" />
  ),
  lock: (
    <>
      <rect x="5" y="10.5" width="14" height="9.5" rx="2" />
      <path d="M8 10.5V8a4 4 0 0 1 8 0v2.5" />
    </>
  ),
  mic: (
    <>
      <rect x="9" y="3.5" width="6" height="11" rx="3" />
      <path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v2.5" />
    </>
  ),
  more: <path d="M5.5 12h.01M12 12h.01M18.5 12h.01" stroke-width="2.6" />,
  okc: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="m8.3 12.3 2.6 2.6 4.8-5.4" />
    </>
  ),
  offline: (
    <path d="M4 4l16 16M8.5 12.5a5 5 0 0 1 2.5-1.4M5 9a10 10 0 0 1 3-2M19 9a10 10 0 0 0-6.5-2.9M12 17.5v.1" />
  ),
  panel: (
    <>
      <rect x="3.5" y="4.5" width="17" height="15" rx="2" />
      <path d="M14.5 4.5v15" />
    </>
  ),
  pause: <path d="M8.5 6v12M15.5 6v12" stroke-width="3" />,
  people: (
    <>
      <circle cx="9" cy="8.5" r="3.5" />
      <path d="M2.8 20a6.2 6.2 0 0 1 12.4 0M16 5.3a3.5 3.5 0 0 1 0 6.4M17.5 14.5A6.2 6.2 0 0 1 21.2 20" />
    </>
  ),
  photo: (
    <>
      <rect x="3.5" y="5" width="17" height="14" rx="2" />
      <path d="m4 17 5-5 4 4 2.5-2.5L20 18M15.5 9v.1" />
    </>
  ),
  pin: (
    <>
      <path d="M12 21s7-6.1 7-11.3A7 7 0 0 0 5 9.7C5 14.9 12 21 12 21z" />
      <circle cx="12" cy="9.8" r="2.4" />
    </>
  ),
  play: <path d="M8 5.5v13l10.5-6.5z" fill="currentColor" />,
  reply: <path d="M9.5 6 4 11.5 9.5 17M4 11.5h10a6 6 0 0 1 6 6V19" />,
  retry: <path d="M19.5 12a7.5 7.5 0 1 1-2.2-5.3M19.5 4v4h-4" />,
  search: (
    <>
      <circle cx="11" cy="11" r="6.5" />
      <path d="m20 20-4.4-4.4" />
    </>
  ),
  send: <path d="M4.5 5 20 12 4.5 19l2.3-7zM6.8 12H13" />,
  smile: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M8.5 14a4.2 4.2 0 0 0 7 0M9 9.5v.1M15 9.5v.1" />
    </>
  ),
  sound: (
    <path d="M9 18V6l10-2v12M9 18a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0zM19 16a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0z" />
  ),
  stop: <rect x="6.5" y="6.5" width="11" height="11" rx="1.5" />,
  ticks: <path d="m2.5 12.5 4 4 8-9M12 16l.5.5 8-9" />,
  user: (
    <>
      <circle cx="12" cy="8.5" r="4" />
      <path d="M4.5 20.5a7.5 7.5 0 0 1 15 0" />
    </>
  ),
  video: (
    <>
      <rect x="3.5" y="6" width="12" height="12" rx="2" />
      <path d="m15.5 11 5-3v8l-5-3" />
    </>
  ),
} satisfies Record<string, ComponentChildren>;

export type IconName = keyof typeof drawings;

/** A picture beside words; the words carry the meaning. */
export const Icon = ({ name, small = false }: { name: IconName; small?: boolean }) =>
  small ? drawnSmall(name) : drawn(name);

const drawnWith = (looks: string) =>
  drawnEach<IconName>((name) => (
    <svg class={looks} aria-hidden="true">
      <use href={`#i-${name}`} />
    </svg>
  ));
const drawn = drawnWith('icon');
const drawnSmall = drawnWith('icon icon--s');

const drawnSymbol = drawnEach<IconName>((name) => (
  <symbol id={`i-${name}`} viewBox="0 0 24 24">
    {drawings[name]}
  </symbol>
));

export const Sprite = ({ names }: { names: readonly IconName[] }) => (
  <svg class="sprite" aria-hidden="true">
    {names.map(drawnSymbol)}
  </svg>
);

export const Logo = ({ soon = false }: { soon?: boolean }) => (
  <svg class={soon ? 'logo state--soon' : 'logo'} viewBox="0 0 34 24" aria-hidden="true">
    <circle cx="12" cy="12" r="9" />
    <circle cx="22" cy="12" r="9" />
  </svg>
);
