import type { Viewer } from '#src/people/viewer.ts';
import type { ConversationSummary } from './summary.ts';

const FIRST_SHOWN = 4;
const LAST_SHOWN = 2;
/** What WhatsApp shows of somebody who has no name is their number. */
const NUMBER = /^\+?[\d\s().-]{7,}$/;

/** Whether phone numbers are whole for this viewer. A key stands for the account. */
export const seesPhones = (viewer: Viewer): boolean => viewer.kind === 'key' || viewer.sight.seesPhones;

/** `+263771234567` → `+263•••••••67`: which country, and enough to tell two apart. */
export function maskedPhone(phone: string): string {
  const hidden = Math.max(0, phone.length - FIRST_SHOWN - LAST_SHOWN);
  return hidden === 0
    ? '•'.repeat(phone.length)
    : `${phone.slice(0, FIRST_SHOWN)}${'•'.repeat(hidden)}${phone.slice(-LAST_SHOWN)}`;
}

/** A name, unless it is a number. */
export const maskedName = (name: string): string =>
  NUMBER.test(name) ? maskedPhone(name.replace(/[^+\d]/g, '')) : name;

/** The same conversation for somebody who may not know the phone number. */
export function maskedSummary(summary: ConversationSummary): ConversationSummary {
  const { contact } = summary;
  return { ...summary, contact: { ...contact, name: maskedName(contact.name) } };
}
