import { clean } from '#src/db/clean.ts';

const LONGEST_EMAIL = 254;
const LONGEST_NAME = 120;

/** One @ with something around it and no spaces: whether the mailbox exists only a message can tell. */
const EMAIL = /^[^\s@<>"]+@[^\s@<>"]+\.?[^\s@<>"]+$/;

/** An e-mail address as it is kept (lower case, without spaces around it), or null when it is none. */
export function readEmail(text: string): string | null {
  const email = clean(text).trim().normalize('NFC').toLowerCase();
  return email.length <= LONGEST_EMAIL && EMAIL.test(email) ? email : null;
}

/** A name as it is kept: on one line, 1 to 120 characters, or null. */
export function readName(text: string): string | null {
  const name = clean(text)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .normalize('NFC');
  return name !== '' && name.length <= LONGEST_NAME ? name : null;
}

/** What the sentences under a form's fields say when these are not taken. */
export const whyNot = {
  email: 'Give an e-mail address like ada@example.com.',
  name: `Give a name of 1 to ${LONGEST_NAME} characters.`,
} as const;
