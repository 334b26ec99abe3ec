/** @jsxImportSource preact */

type Name = 'inbox' | 'phone' | 'send' | 'tick' | 'ticks' | 'more' | 'close' | 'attach' | 'file';

/** The symbols that the pages use, drawn on a 24-unit box. */
export function Sprite() {
  return (
    <svg class="sprite" aria-hidden="true">
      <symbol id="i-inbox" viewBox="0 0 24 24">
        <path d="M4 13.5 6.6 5.4A2 2 0 0 1 8.5 4h7a2 2 0 0 1 1.9 1.4L20 13.5V18a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2z" />
        <path d="M4 13.5h4.5l1.5 2.5h4l1.5-2.5H20" />
      </symbol>
      <symbol id="i-phone" viewBox="0 0 24 24">
        <rect x="7" y="3" width="10" height="18" rx="2.5" />
        <path d="M11 18h2" />
      </symbol>
      <symbol id="i-send" viewBox="0 0 24 24">
        <path d="M4.5 5 20 12 4.5 19l2.3-7zM6.8 12H13" />
      </symbol>
      <symbol id="i-tick" viewBox="0 0 24 24">
        <path d="m6.5 12.5 4 4 8-9" />
      </symbol>
      <symbol id="i-ticks" viewBox="0 0 24 24">
        <path d="m2.5 12.5 4 4 8-9M12 16l.5.5 8-9" />
      </symbol>
      <symbol id="i-more" viewBox="0 0 24 24">
        <path d="M6 12h.01M12 12h.01M18 12h.01" />
      </symbol>
      <symbol id="i-close" viewBox="0 0 24 24">
        <path d="m7 7 10 10M17 7 7 17" />
      </symbol>
      <symbol id="i-attach" viewBox="0 0 24 24">
        <path d="m19 11.5-7.2 7.2a4.6 4.6 0 0 1-6.5-6.5l7.6-7.6a3.1 3.1 0 0 1 4.4 4.4l-7.6 7.6a1.6 1.6 0 0 1-2.2-2.2l6.9-6.9" />
      </symbol>
      <symbol id="i-file" viewBox="0 0 24 24">
        <path d="M13.5 3.5H7a1.5 1.5 0 0 0-1.5 1.5v14A1.5 1.5 0 0 0 7 20.5h10a1.5 1.5 0 0 0 1.5-1.5V8.5zM13.5 3.5v5h5" />
      </symbol>
    </svg>
  );
}

export function Icon({ name }: { name: Name }) {
  return (
    <svg class="icon" aria-hidden="true">
      <use href={`#i-${name}`} />
    </svg>
  );
}
