import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** Reading a number by all countries' plans takes as long as reading it from the disk. */
const MOST_KNOWN = 5_000;
const known = new Map<string, string>();

/** `+263775550142` → `+263 77 555 0142`; what is no number of a known plan stays as it is. */
export function phoneInWords(phone: string): string {
  const written = known.get(phone) ?? parsePhoneNumberFromString(phone)?.formatInternational() ?? phone;
  if (known.size >= MOST_KNOWN) {
    known.clear();
  }
  known.set(phone, written);
  return written;
}
