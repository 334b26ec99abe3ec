import type { ComponentChildren } from 'preact';

// Only the htmx attributes in use, so that a wrong value is a type error; unknown names are Biome's to catch.
type Swap =
  | 'none'
  | 'innerHTML'
  | 'outerHTML'
  | 'innerMorph'
  | 'outerMorph'
  | 'beforebegin'
  | 'afterbegin'
  | 'beforeend'
  | 'afterend'
  | 'delete';

interface Hx {
  'hx-get'?: string;
  'hx-post'?: string;
  'hx-target'?: string;
  'hx-swap'?: Swap;
  'hx-trigger'?: string;
  'hx-confirm'?: string;
  'hx-ws:connect'?: string;
  'hx-on'?: never;
}

interface Custom {
  id?: string;
  class?: string;
  children?: ComponentChildren;
  [data: `data-${string}`]: string | number | undefined;
}

declare module 'preact' {
  interface DOMAttributes<Target extends EventTarget> extends Hx {}
  namespace JSX {
    interface IntrinsicElements {
      'hx-partial': { key?: string; 'hx-target': string; 'hx-swap'?: Swap; children?: ComponentChildren };
      'local-time': Custom & { datetime: string; title?: string };
      'inbox-list': Custom;
      'message-thread': Custom;
      'compose-box': Custom;
      'file-tray': Custom;
      'search-box': Custom;
      'voice-note': Custom;
      'pass-key': Custom & { hidden?: boolean };
    }
  }
}
