import type { Written } from '../words/en-letters.ts';
import { words } from '../words/words.ts';

/** A letter as plain text: the same words, each paragraph one line that the reader's program breaks. */
export function letterText({ title, says, action, facts, ends }: Written): string {
  return [
    title,
    ...says,
    ...(action === null ? [] : [`${action.text}:\n${action.href}`]),
    ...(facts.length === 0 ? [] : [facts.map(([name, value]) => `${name}: ${value}`).join('\n')]),
    ...ends,
    `-- \n${words.mail.footer}`,
  ].join('\n\n');
}
