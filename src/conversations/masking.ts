import type { Viewer } from '#src/people/viewer.ts';
import type { ConversationSummary } from './summary.ts';

const FIRST_SHOWN = 4;
const LAST_SHOWN = 2;
/** What WhatsApp shows of somebody who has no name is their number. */
const NUMBER = /^\+?[\d\s().-]{7,}$/;
const NUMBERS = /\+?\(?\d[\d\s().-]{5,}\d/g;

/** Whether phone numbers are whole for this viewer. A key stands for the account. */
export const seesPhones = (viewer: Viewer): boolean => viewer.kind === 'key' || viewer.sight.seesPhones;

/** `+263771234567` → `+263•••••••67`: which country, and enough to tell two apart. */
export function maskedPhone(phone: string): string {
  const hidden = Math.max(0, phone.length - FIRST_SHOWN - LAST_SHOWN);
  return hidden === 0
    ? '•'.repeat(phone.length)
    : `${phone.slice(0, FIRST_SHOWN)}${'•'.repeat(hidden)}${phone.slice(-LAST_SHOWN)}`;
}

/** A number as people write it, with spaces and brackets. */
export const maskedWritten = (number: string): string => maskedPhone(number.replace(/[^+\d]/g, ''));

/** A name, unless it is a number. */
export const maskedName = (name: string): string => (NUMBER.test(name) ? maskedWritten(name) : name);

/** Several names, which may be cut off at the end, with the numbers among them masked. */
export const maskedNames = (names: string): string => names.replace(NUMBERS, maskedWritten);

/** What a message says; contact cards are told by their names, and the number stands for one that has none. */
export const maskedText = (type: string | undefined, text: string): string =>
  type === 'contacts' ? maskedNames(text) : text;

/** The same conversation for somebody who may not know the phone number. */
export function maskedSummary(summary: ConversationSummary): ConversationSummary {
  const { contact, lastMessage, snippet } = summary;
  return {
    ...summary,
    contact: { ...contact, name: maskedName(contact.name) },
    snippet: maskedText(lastMessage?.type, snippet),
  };
}
