/** @jsxImportSource preact */
import { renderToString } from 'preact-render-to-string';
import { LetterPage } from '#views/mail/letter-page.tsx';
import { letterText } from '#views/mail/letter-text.ts';
import { writeLetter } from '#views/mail/write-letter.ts';
import { words } from '#views/words/words.ts';
import type { Letter } from './letter.ts';
import type { Message } from './post.ts';

/** A letter in words, as HTML and as plain text. */
export function renderLetter(letter: Letter, timeZone: string): Omit<Message, 'messageId' | 'to'> {
  const written = writeLetter(letter, timeZone);
  return {
    subject: written.subject,
    text: letterText(written),
    html: `<!doctype html>${renderToString(<LetterPage {...written} />)}`,
    product: words.product,
  };
}
