import { clean } from '#src/db/clean.ts';
import { Invalid } from '#src/errors.ts';

/** What a number is connected with, by the names Meta's pages use. */
export type NewNumber = {
  phone_number_id: string;
  waba_id: string;
  /** As Meta shows it; taken as it is. */
  display_phone_number: string;
  access_token: string;
  app_secret: string;
  verify_token: string;
};

const rules: Record<keyof NewNumber, { fits: RegExp; why: string }> = {
  phone_number_id: {
    fits: /^\d{1,32}$/,
    why: 'Give the phone number ID from the WhatsApp Manager: digits only, in quotation marks. It is not the phone number.',
  },
  waba_id: {
    fits: /^\d{1,32}$/,
    why: 'Give the WhatsApp Business Account ID: digits only, in quotation marks.',
  },
  display_phone_number: {
    fits: /^[^\p{Cc}]{1,64}$/u,
    why: 'Give the number as Meta shows it, for example +263 77 123 4567.',
  },
  // Both go into headers and comparisons: printable ASCII, and nothing that could end a header line.
  access_token: { fits: /^[!-~]{1,4096}$/, why: 'Give the access token: one word without spaces.' },
  app_secret: {
    fits: /^[!-~]{16,256}$/,
    why: 'Give the app secret from the app’s basic settings: at least 16 characters without spaces.',
  },
  verify_token: {
    fits: /^[^\p{Cc}]{1,256}$/u,
    why: 'Give the verify token: the words you typed at Meta, 1 to 256 characters.',
  },
};

/** The same without spaces around it. `Invalid` names every field that cannot be taken. */
export function readNewNumber(given: NewNumber): NewNumber {
  const read = Object.fromEntries(Object.entries(given).map(([field, text]) => [field, clean(text).trim()]));
  const wrong = Object.entries(rules).filter(([field, { fits }]) => !fits.test(read[field] ?? ''));
  if (wrong.length > 0) {
    throw new Invalid(Object.fromEntries(wrong.map(([field, { why }]) => [field, why])));
  }
  return { ...given, ...read };
}
