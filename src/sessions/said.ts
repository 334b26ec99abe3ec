import type { Said } from '#views/sessions/own-page.tsx';
import { words } from '#views/words/words.ts';

/** What a page is to say was done, as its address names it; nothing that it does not know. */
export function readSaid(said: string | undefined): Said | null {
  return said !== undefined && isSaid(said) ? said : null;
}

const isSaid = (text: string): text is Said => Object.hasOwn(words.door.said, text);
